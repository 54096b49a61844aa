using System.Collections.Concurrent;
using Baton.Contracts.Events;

namespace Baton.ServerTests.Soak.Clients;

/// <summary>A write that a client sent: what it does, and to what.</summary>
/// <param name="Action">`stash.put`, `stash.append` or `stash.delete`.</param>
/// <param name="Stash">The name.</param>
/// <param name="Content">What the stash holds afterwards; null: it is deleted, or others write it too.</param>
internal sealed record WriteAttempt(string Action, string Stash, byte[]? Content);

/// <summary>What the clients of a server sent, and what was acknowledged to them. Safe for concurrent use.</summary>
internal sealed class WriteRecord
{
    readonly ConcurrentDictionary<long, (WriteAttempt Attempt, long Version)> _acknowledged = new();
    readonly ConcurrentBag<WriteAttempt> _unanswered = [];

    /// <summary>All acknowledged writes that were found in the ledger.</summary>
    public int Checked { get; private set; }

    /// <summary>Writes that were never answered, but had happened.</summary>
    public int UnansweredFound { get; private set; }

    public void Acknowledge(WriteAttempt attempt, Answer answer) =>
        Assert.True(_acknowledged.TryAdd(answer.Seq, (attempt, answer.Version)), $"seq {answer.Seq} was given twice");

    public void LeaveUnanswered(WriteAttempt attempt) => _unanswered.Add(attempt);

    /// <summary>
    /// Asserts that these entries, all since the last call, are what was sent: every acknowledged write in its place,
    /// and besides them nothing but unanswered ones, each at most once.
    /// </summary>
    public void AssertIsAllIn(IReadOnlyList<LedgerEvent> entries)
    {
        var unanswered = _unanswered.Select(attempt => (attempt.Action, "stash:" + attempt.Stash)).ToList();
        foreach (var entry in entries.Where(entry => entry.Action!.StartsWith("stash.", StringComparison.Ordinal)))
        {
            if (_acknowledged.TryRemove(entry.Seq, out var known))
            {
                Assert.Equal((known.Attempt.Action, "stash:" + known.Attempt.Stash), (entry.Action, entry.Resource));
                Assert.Equal(known.Version, entry.Version);
                Checked++;
                continue;
            }

            Assert.True(unanswered.Remove((entry.Action!, entry.Resource!)), $"Nobody sent what seq {entry.Seq} did: {entry}");
            UnansweredFound++;
        }

        Assert.True(_acknowledged.IsEmpty, $"Acknowledged, but not in the ledger: {string.Join(", ", _acknowledged)}");
        _unanswered.Clear();
    }
}
