using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Ledger;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Feed;

/// <summary>
/// Tells followers what was committed. The lane only adds the entries; a task of the feed wakes the followers. If other
/// servers commit to the same database, their entries are read from the ledger and added in order.
/// </summary>
internal sealed partial class ChangeFeed(
    LedgerReader ledger, IPeers? peers, Quarantine quarantine, ILogger<ChangeFeed> log)
    : ICommitFollower
{
    /// <summary>
    /// The feed looks at least this often for commits of other servers, because their notices may get lost.
    /// </summary>
    public static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(1);

    const int CatchUpPage = 1000;

    /// <summary>
    /// The work on filters for one workspace before the next has its turn, in units of <see cref="FeedFilter.Weight"/>.
    /// It takes a few milliseconds.
    /// </summary>
    const int WorkOfATurn = 4096;

    readonly ConcurrentDictionary<string, WorkspaceFeed> _workspaces = new();
    readonly LedgerPages _pages = new(ledger);

    // A workspace is in it at most once, so it is bounded by the number of workspaces.
    readonly Channel<WorkspaceFeed> _toDispatch = Channel.CreateUnbounded<WorkspaceFeed>(
        new UnboundedChannelOptions { SingleReader = true });

    // A workspace is in it at most once, as above.
    readonly Channel<string> _toCatchUp = Channel.CreateUnbounded<string>();

    /// <summary>The newest commit that readers see.</summary>
    public long Head(string workspaceId) => Of(workspaceId).Head;

    public void StartAt(string workspaceId, LedgerPlace head) => Of(workspaceId).TrySkipTo(head);

    /// <summary>
    /// The newest commits of a workspace are gone from the database, as after the failover to a standby that had not
    /// got them. It is raised before the head goes back and the followers are woken. Handlers must drop whatever they
    /// keep by seq.
    /// </summary>
    public event Action<string>? HistoryWentBack;

    /// <summary>
    /// As <see cref="Head"/>, but includes every commit that was acknowledged before the call. If other servers commit
    /// to the database, it is asked.
    /// </summary>
    public async ValueTask<long> RefreshAsync(string workspaceId, CancellationToken cancellation)
    {
        if (peers is not null) await CatchUpAsync(workspaceId, cancellation);
        return Head(workspaceId);
    }

    /// <summary>Whether this node knows the workspace: another server may have made it.</summary>
    public bool Knows(string workspaceId) => peers is null || _workspaces.ContainsKey(workspaceId);

    /// <summary>Adds entries of one workspace that are durable. The lane calls this.</summary>
    public void Publish(string workspaceId, ReadOnlySpan<FeedEntry> entries)
    {
        // Entries of other servers are missing before these: they are read from the ledger.
        if (!TryAdd(Of(workspaceId), entries)) Heard(workspaceId);
        peers?.Tell(workspaceId);
    }

    public Subscription Subscribe(string workspaceId, FeedFilter filter) => Of(workspaceId).Subscribe(filter);

    /// <summary>Entries after a place, at most about `limit`, always to the end of a commit.</summary>
    public async ValueTask<IReadOnlyList<FeedEntry>> ReadAsync(
        string workspaceId, long after, int limit, CancellationToken cancellation)
    {
        var feed = Of(workspaceId);
        var entries = new List<FeedEntry>();
        var head = feed.Head;
        if (after >= head || feed.TryReadRecent(after, limit, entries)) return entries;
        return await _pages.ReadAsync(workspaceId, after, limit, head, cancellation);
    }

    public void WakeEveryone()
    {
        foreach (var feed in _workspaces.Values) feed.WakeEveryone();
    }

    /// <summary>Wakes followers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var feed in _toDispatch.Reader.ReadAllAsync(cancellation))
        {
            // Work is left: the other workspaces, and other tasks, have their turn before it goes on.
            if (!feed.Dispatch(WorkOfATurn)) continue;
            if (feed.TryQueueAgain()) _toDispatch.Writer.TryWrite(feed);
            await Task.Yield();
        }
    }

    /// <summary>Tells that something was committed to a workspace, here or by another server.</summary>
    public void Heard(string workspaceId)
    {
        if (quarantine.Check(workspaceId) is not null) return;
        // A workspace that nobody has asked for on this node is read when somebody does.
        if (_workspaces.TryGetValue(workspaceId, out var feed) && feed.TryBeginCatchUp())
            _toCatchUp.Writer.TryWrite(workspaceId);
    }

    /// <summary>Reads the commits of other servers when they are heard of, until it is cancelled.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await foreach (var workspaceId in _toCatchUp.Reader.ReadAllAsync(cancellation))
        {
            // From here on, a notice of this workspace makes it be read once more.
            Of(workspaceId).EndCatchUp();
            try
            {
                await CatchUpAsync(workspaceId, cancellation);
            }
            catch (Exception failure) when (IsOfTheDatabase(failure))
            {
                // The commits are found by a look at all heads when the database is back.
                TellOfRefusal(failure);
            }
        }
    }

    /// <summary>
    /// Looks once a second for commits of other servers whose notices got lost, until it is cancelled.
    /// </summary>
    public async Task LookAsync(TimeProvider time, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LongestLag, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            try
            {
                var heads = await ledger.ReadHeadsAsync(cancellation);
                foreach (var (workspaceId, feed) in _workspaces)
                {
                    // If the place differs from the head, catching up tells what it means. It also finds that commits
                    // which came since the heads were read are right.
                    var (known, head) = (feed.Place, heads.GetValueOrDefault(workspaceId, LedgerPlace.Genesis));
                    if (known.Seq != head.Seq || !known.Has(head.Hash)) Heard(workspaceId);
                }

                await peers!.SetClockAsync(cancellation);
            }
            catch (Exception failure) when (IsOfTheDatabase(failure))
            {
                // The next look may find the database back.
                TellOfRefusal(failure);
            }
        }
    }

    static bool IsOfTheDatabase(Exception failure) => failure is StorageUnavailableException or DbException;

    /// <summary>
    /// Logs that the database refuses the read. That the database is away is told by every request; a refusal perhaps
    /// by nobody else.
    /// </summary>
    void TellOfRefusal(Exception failure)
    {
        if (failure is DbException) LogRefused(failure);
    }

    async ValueTask CatchUpAsync(string workspaceId, CancellationToken cancellation)
    {
        var feed = Of(workspaceId);
        while (true)
        {
            // The place is taken before the ledger is read, so it was durable then.
            var place = feed.Place;
            if (!feed.IsFollowed)
            {
                var (head, hash) = await ledger.ReadHeadAsync(workspaceId, place.Seq, cancellation);
                if (place.Has(hash) && feed.TrySkipTo(head)) return;
            }

            var (before, entries) = await ledger.CatchUpAsync(workspaceId, place.Seq, CatchUpPage, cancellation);
            if (!place.Has(before)) await GoBackAsync(workspaceId, feed, place, cancellation);
            else if (entries.Count == 0) return;
            else TryAdd(feed, CollectionsMarshal.AsSpan(entries));
            if (!ReferenceEquals(feed.Place, place)) continue;

            // Nothing has moved the place, neither this turn nor anybody else, so the next turn would read the same.
            if (feed.TryBeStuck(place)) LogDamaged(workspaceId, place.Seq);
            return;
        }
    }

    async ValueTask GoBackAsync(
        string workspaceId, WorkspaceFeed feed, LedgerPlace from, CancellationToken cancellation)
    {
        var (head, _) = await ledger.ReadHeadAsync(workspaceId, from.Seq, cancellation);
        // History did not go back: the entry that the workspace's row calls its newest is missing in the ledger.
        if (head.Seq == from.Seq && head.Has(from.Hash)) return;
        _pages.Forget(workspaceId);
        HistoryWentBack?.Invoke(workspaceId);
        feed.TryGoBack(from, head);
    }

    /// <summary>Adds entries. False if they are not the next ones.</summary>
    bool TryAdd(WorkspaceFeed feed, ReadOnlySpan<FeedEntry> entries)
    {
        var added = feed.Add(entries);
        if (added == WorkspaceFeed.AddResult.MustDispatch) _toDispatch.Writer.TryWrite(feed);
        return added != WorkspaceFeed.AddResult.Unclear;
    }

    WorkspaceFeed Of(string workspaceId) =>
        _workspaces.TryGetValue(workspaceId, out var known)
            ? known
            : _workspaces.GetOrAdd(workspaceId, static _ => new WorkspaceFeed());

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The database refused to tell what other servers commit; it is asked again in a second")]
    partial void LogRefused(Exception failure);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The ledger of workspace {WorkspaceId} is damaged at or after seq {Seq}: whoever follows it here is "
            + "told of nothing that other servers commit from there on. Look with `Baton.Server check`, restore a "
            + "backup, and start again")]
    partial void LogDamaged(string workspaceId, long seq);
}
