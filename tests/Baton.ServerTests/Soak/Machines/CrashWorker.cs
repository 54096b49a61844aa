using System.Text;
using Baton.ServerTests.Soak.Clients;

namespace Baton.ServerTests.Soak.Machines;

/// <summary>
/// One client with a connection of its own. It alone writes its stashes, one request after the other, so it knows what
/// they hold: what was acknowledged last, or what it was sending when the server died.
/// </summary>
internal sealed class CrashWorker(int number, WriteRecord record, SharedStashes shared, Random random) : IDisposable
{
    const int Stashes = 3;

    readonly SoakClient _client = new();
    readonly OwnedStash[] _owned = [.. Enumerable.Range(0, Stashes).Select(index => new OwnedStash($"owned-{number}-{index}"))];
    int _writes;

    public int Acknowledged { get; private set; }

    /// <summary>Writes until the server dies.</summary>
    public async Task RunAsync(string url)
    {
        while (await StepAsync(url)) Acknowledged++;
    }

    /// <summary>Asserts that each of its stashes is as it was acknowledged, or as the one unanswered write made it.</summary>
    public async Task CheckAsync(string url)
    {
        foreach (var stash in _owned) stash.Check(await _client.GetAsync(url, "/stash/" + stash.Name));
    }

    public void Dispose() => _client.Dispose();

    async Task<bool> StepAsync(string url) => random.Next(10) switch
    {
        0 => await AppendSharedAsync(url),
        1 => await CompareAndSetSharedAsync(url),
        _ => await WriteOwnedAsync(url, _owned[random.Next(Stashes)]),
    };

    async Task<bool> WriteOwnedAsync(string url, OwnedStash stash)
    {
        var body = NextBody();
        var attempt = random.Next(10) switch
        {
            0 or 1 when stash.Content is not null => new WriteAttempt("stash.delete", stash.Name, Content: null),
            2 or 3 or 4 => new WriteAttempt("stash.append", stash.Name, [.. stash.Content ?? [], .. body]),
            _ => new WriteAttempt("stash.put", stash.Name, body),
        };
        (string, string)[] condition = random.Next(3) switch
        {
            0 when stash.Content is not null => [("If-Match", $"\"{stash.Version}\"")],
            0 => [("If-None-Match", "*")],
            _ => [],
        };
        stash.Begin(attempt);
        if (await SendAsync(url, attempt, body, condition) is not { } answer) return false;
        Assert.True(answer.IsGood, answer.ToString());
        stash.Acknowledge(answer.Version);
        return true;
    }

    async Task<bool> AppendSharedAsync(string url)
    {
        var line = $"{number}:{_writes++}";
        shared.AppendSent(line);
        var attempt = new WriteAttempt("stash.append", shared.LogName, Content: null);
        if (await SendAsync(url, attempt, Encoding.UTF8.GetBytes(line + "\n")) is not { } answer) return false;
        if (answer.IsGood) shared.AppendAcknowledged(line);
        else Assert.Equal("stash.contended", answer.Code);
        return true;
    }

    async Task<bool> CompareAndSetSharedAsync(string url)
    {
        var content = $"{number}:{_writes++}";
        var known = shared.NewestVersion;
        shared.SetSent(content, known);
        var attempt = new WriteAttempt("stash.put", SharedStashes.CellName, Content: null);
        var condition = known == 0 ? ("If-None-Match", "*") : ("If-Match", $"\"{known}\"");
        if (await SendAsync(url, attempt, Encoding.UTF8.GetBytes(content), condition) is not { } answer) return false;
        if (answer.IsGood) shared.SetAcknowledged(answer.Version);
        else Assert.Equal("version.mismatch", answer.Code);
        return true;
    }

    /// <summary>The answer; null when the server died before it.</summary>
    async Task<Answer?> SendAsync(string url, WriteAttempt attempt, byte[] body, params (string, string)[] headers)
    {
        var isDelete = attempt.Action == "stash.delete";
        var method = isDelete ? HttpMethod.Delete : attempt.Action == "stash.put" ? HttpMethod.Put : HttpMethod.Patch;
        var target = $"/stash/{attempt.Stash}{(attempt.Action == "stash.append" ? "/append" : "")}";
        try
        {
            ReadOnlyMemory<byte>? sent = isDelete ? null : body;
            // A DELETE knows no If-None-Match; here it never has one, as it is sent for what is there only.
            var answer = await _client.SendAsync(url, method, target, sent, headers);
            if (answer.IsGood) record.Acknowledge(attempt, answer);
            return answer;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            record.LeaveUnanswered(attempt);
            return null;
        }
    }

    /// <summary>Mostly small, sometimes a few pages; some so large that the log is copied into the database now and then.</summary>
    byte[] NextBody()
    {
        var size = random.Next(20) switch { < 2 => random.Next(300_000), < 6 => random.Next(8_000), _ => random.Next(200) };
        var body = new byte[size];
        random.NextBytes(body);
        return [.. Encoding.UTF8.GetBytes($"{number}:{_writes++}:"), .. body];
    }
}

/// <summary>A stash that one client writes: its acknowledged state, and the write that is on its way.</summary>
internal sealed class OwnedStash(string name)
{
    WriteAttempt? _begun;

    public string Name => name;

    public long Version { get; private set; }

    /// <summary>Null while it is absent.</summary>
    public byte[]? Content { get; private set; }

    public void Begin(WriteAttempt attempt) => _begun = attempt;

    public void Acknowledge(long version)
    {
        Assert.Equal(Version + 1, version);
        (Version, Content, _begun) = (version, _begun!.Content, null);
    }

    public void Check(Answer found)
    {
        if (found.Status == 404)
        {
            Assert.True(Content is null || _begun is { Content: null }, $"{name}@{Version} is lost.");
            if (Content is not null) Version++;
            (Content, _begun) = (null, null);
            return;
        }

        Assert.Equal(200, found.Status);
        if (found.Version == Version + 1 && _begun is not null) (Version, Content) = (found.Version, _begun.Content);
        Assert.True(found.Version == Version, $"{name} has version {found.Version}; {Version} was acknowledged.");
        Assert.True(found.Body.AsSpan().SequenceEqual(Content), $"{name}@{Version} holds what nobody wrote.");
        _begun = null;
    }
}
