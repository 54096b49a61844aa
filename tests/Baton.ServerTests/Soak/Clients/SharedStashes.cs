using System.Collections.Concurrent;
using System.Text;

namespace Baton.ServerTests.Soak.Clients;

/// <summary>Stashes that all clients write: a log by append, and a cell by compare-and-set. Safe for concurrent use.</summary>
internal sealed class SharedStashes
{
    public const string CellName = "shared-cell";

    readonly ConcurrentDictionary<string, bool> _lines = new();
    readonly ConcurrentDictionary<string, long> _contents = new();
    readonly Lock _lock = new();
    int _round;

    public string LogName => $"shared-log-{_round}";

    /// <summary>The newest acknowledged version of the cell.</summary>
    public long NewestVersion { get; private set; }

    public void AppendSent(string line) => _lines[line] = false;

    public void AppendAcknowledged(string line) => _lines[line] = true;

    public void SetSent(string content, long ifMatch) => _contents[content] = ifMatch;

    public void SetAcknowledged(long version)
    {
        lock (_lock) NewestVersion = Math.Max(NewestVersion, version);
    }

    /// <summary>Asserts that both hold every acknowledged write, nothing twice and nothing half; then begins another log.</summary>
    public async Task CheckAsync(SoakClient client, string url)
    {
        CheckLog(await client.GetAsync(url, "/stash/" + LogName));
        CheckCell(await client.GetAsync(url, "/stash/" + CellName));
        _lines.Clear();
        _contents.Clear();
        _round++;
    }

    void CheckLog(Answer found)
    {
        var text = found.Status == 404 ? "" : Encoding.UTF8.GetString(found.Body);
        var lines = text.Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.Equal(lines.Length - 1, lines[..^1].Distinct().Count());
        Assert.All(lines[..^1], line => Assert.True(_lines.ContainsKey(line), $"Nobody appended \"{line}\"."));
        Assert.Empty(_lines.Where(line => line.Value).Select(line => line.Key).Except(lines));
    }

    void CheckCell(Answer found)
    {
        if (NewestVersion == 0 && found.Status == 404) return;
        Assert.True(found.Version >= NewestVersion, $"Version {NewestVersion} was acknowledged, {found.Version} is there.");
        // When nobody wrote it in this round, it was checked in an earlier one.
        if (_contents.TryGetValue(Encoding.UTF8.GetString(found.Body), out var ifMatch)) Assert.Equal(ifMatch + 1, found.Version);
        else Assert.Equal(NewestVersion, found.Version);
        NewestVersion = found.Version;
    }
}
