using System.Text;

namespace Baton.Bench.Load;

/// <summary>Puts many stashes: over many connections, on each a group of requests ahead of the answers.</summary>
internal sealed class StashLoader(Uri url, string key, BenchPlan plan)
{
    const int GroupSize = 32;

    // Counts up over all connections, with Interlocked.
    long _nextGroup;

    /// <summary>The names that the wrk scripts draw from.</summary>
    public static string HotName(long index) => $"bench-{index:D7}";

    /// <summary>Names that only fill the store.</summary>
    public static string ColdName(long index) => $"cold-{index:D7}";

    /// <summary>Puts <paramref name="count"/> stashes, named by their index; every answer must be a success.</summary>
    public async Task LoadAsync(long count, Func<long, string> name, CancellationToken cancellation)
    {
        _nextGroup = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var connections = Enumerable.Range(0, plan.LoaderConnectionCount)
            .Select(_ => Task.Run(() => RunConnectionAsync(count, name, stop.Token), stop.Token))
            .ToList();
        try
        {
            while (connections.Count > 0)
            {
                var ended = await Task.WhenAny(connections);
                connections.Remove(ended);
                await ended;
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    async Task RunConnectionAsync(long count, Func<long, string> name, CancellationToken cancellation)
    {
        using var connection = await HttpConnection.OpenAsync(url, cancellation);
        var requests = new StringBuilder();
        while ((Interlocked.Increment(ref _nextGroup) - 1) * GroupSize is var first && first < count)
        {
            var size = (int)Math.Min(GroupSize, count - first);
            for (var index = first; index < first + size; index++)
                requests.Append(StashRequests.Put(url, key, name(index), BodyOf(index)));
            await connection.SendAsync(Encoding.ASCII.GetBytes(requests.ToString()), cancellation);
            requests.Clear();
            for (var answered = 0; answered < size; answered++)
            {
                var answer = await connection.ReadAnswerAsync(cancellation);
                if (!answer.IsSuccess)
                    throw new BenchException($"PUT: {answer.StatusLine}: {Encoding.UTF8.GetString(answer.Body)}");
            }
        }
    }

    string BodyOf(long index) => $"{index:D12}".PadRight(plan.BodyBytes, (char)('a' + index % 26));
}
