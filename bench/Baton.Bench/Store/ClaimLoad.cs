using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Baton.Bench.Load;

namespace Baton.Bench.Store;

/// <summary>Workers that claim a task and complete it, over and over: two requests a task.</summary>
internal sealed class ClaimLoad(Uri url, string key, string space, int workerCount)
{
    const int BulkCount = 1000;
    const string Claim =
        """{"match":{"/status":"pending"},"set":{"/status":"processing"},"lease_seconds":60,"limit":1}""";

    const string Complete = """{"set":{"/status":"done"}}""";

    long _next;

    /// <summary>Adds tasks that are pending, or finished.</summary>
    public async Task FillAsync(long count, string status, CancellationToken cancellation)
    {
        for (var done = 0L; done < count; done += BulkCount)
        {
            var members = Enumerable.Range(0, (int)Math.Min(BulkCount, count - done))
                .Select(_ => $"\"task-{_next++:D9}\":{{\"status\":\"{status}\",\"payload\":\"some text of a task\"}}");
            await StashRequests.JsonAsync(
                url, key, "POST", "/store/" + space, $"{{\"set\":{{{string.Join(',', members)}}}}}", cancellation);
        }
    }

    /// <summary>
    /// The first claim puts in order what is there, in steps; where there is much, it asks to be sent again.
    /// </summary>
    public async Task IndexAsync(CancellationToken cancellation)
    {
        using var connection = await HttpConnection.OpenAsync(url, cancellation);
        while (true)
        {
            var answer = await SendAsync(connection, $"/store/{space}/claim", Claim, cancellation);
            if (answer.IsSuccess) return;
            if (answer.Status != 503) throw new BenchException($"the first claim: {answer.StatusLine}");
        }
    }

    /// <summary>Tasks a second, until the time is over; there must be enough of them.</summary>
    public async Task<LoadFigures> RunAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, workerCount)
            .Select(_ => Task.Run(() => WorkAsync(clock, duration, cancellation), cancellation)));
        return LoadFigures.Of([.. times.SelectMany(each => each)], clock.Elapsed);
    }

    async Task<List<double>> WorkAsync(Stopwatch clock, TimeSpan duration, CancellationToken cancellation)
    {
        using var connection = await HttpConnection.OpenAsync(url, cancellation);
        var times = new List<double>();
        while (clock.Elapsed < duration)
        {
            var before = clock.Elapsed;
            var claimed = await AskAsync(connection, $"/store/{space}/claim", Claim, cancellation);
            var items = JsonElement.Parse(claimed.Body).GetProperty("items");
            if (items.GetArrayLength() == 0) throw new BenchException("there were too few tasks to claim");
            var id = items[0].GetProperty("claim_id").GetString();
            await AskAsync(connection, $"/claim/{id}/complete", Complete, cancellation);
            times.Add((clock.Elapsed - before).TotalMilliseconds);
        }

        return times;
    }

    async Task<HttpAnswer> AskAsync(
        HttpConnection connection, string path, string body, CancellationToken cancellation)
    {
        var answer = await SendAsync(connection, path, body, cancellation);
        return answer.IsSuccess
            ? answer
            : throw new BenchException($"{path}: {answer.StatusLine}: {Encoding.UTF8.GetString(answer.Body)}");
    }

    async Task<HttpAnswer> SendAsync(
        HttpConnection connection, string path, string body, CancellationToken cancellation)
    {
        await connection.SendAsync(
            Encoding.ASCII.GetBytes(StashRequests.Json(url, key, "POST", path, body)), cancellation);
        return await connection.ReadAnswerAsync(cancellation);
    }
}
