using System.Text;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Soak.Clients;

/// <summary>Appends lines without an Idempotency-Key, each sent once: what is not acknowledged may have happened.</summary>
internal sealed class BareWriter(int number, Func<string> urlOf)
{
    readonly HashSet<string> _acknowledged = [];
    int _sent;

    public string Stash => $"bare-{number}";

    public async Task RunAsync(CancellationToken done)
    {
        using var client = new SoakClient();
        while (!done.IsCancellationRequested)
        {
            var line = $"{number}:{_sent++}";
            var answer = await client.AppendAsync(urlOf(), Stash, Encoding.UTF8.GetBytes(line + "\n"));
            if (answer.IsGood) _acknowledged.Add(line);
            else Assert.Equal("storage.unavailable", answer.Code);
            // A database that is gone refuses faster than anyone should ask.
            if (!answer.IsGood) await Outside.BreatheAsync(CancellationToken.None);
        }
    }

    /// <summary>Asserts that no line is there twice, and every acknowledged one is; how many others happened.</summary>
    public async Task<int> AssertAtMostOnceAsync(string url)
    {
        using var client = new SoakClient();
        var lines = Encoding.UTF8.GetString((await client.GetAsync(url, "/stash/" + Stash)).Body)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Length, lines.Distinct().Count());
        Assert.Empty(_acknowledged.Except(lines));
        return lines.Length - _acknowledged.Count;
    }
}
