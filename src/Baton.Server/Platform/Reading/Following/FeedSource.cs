using System.Globalization;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;

namespace Baton.Server.Platform.Reading.Following;

/// <summary>The entries of the feed that match a filter, as events; the id of each is its seq.</summary>
internal sealed class FeedSource : SseSource
{
    const int PageSize = 256;

    readonly Caller _caller;
    readonly Subscription _subscription;
    readonly (long Id, byte[] Data)? _opening;
    readonly Func<FeedEntry, byte[]?> _render;
    IReadOnlyList<FeedEntry> _page = [];
    long _after;
    long _sentId;

    // The hash of the entry at _after; null until there is one.
    byte[]? _hash;
    bool _isOtherHistory;

    FeedSource(
        Caller caller, long after, FeedFilter filter, (long Id, byte[] Data)? opening, Func<FeedEntry, byte[]?> render)
    {
        (_caller, _opening, _render) = (caller, opening, render);
        _after = _sentId = after;
        _subscription = caller.Services.Feed.Subscribe(caller.WorkspaceId, filter);
    }

    /// <summary>What matches after a place, as it comes.</summary>
    /// <param name="caller">Who follows.</param>
    /// <param name="after">The place; entries after it are sent.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="opening">An event to begin with: its id and data; null for none.</param>
    /// <param name="render">The data of an entry's event; null leaves it out.</param>
    public static Outcome<SseSource> Of(
        Caller caller, long after, FeedFilter filter, (long Id, byte[] Data)? opening,
        Func<FeedEntry, byte[]?> render) =>
        new FeedSource(caller, after, filter, opening, render);

    public override ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation) =>
        _subscription.WaitAsync(timeout, cancellation);

    public override string? EndData =>
        _isOtherHistory || _subscription.HasHistoryGoneBack ? HistoryWentBack : null;

    public override void WriteOpening(IEventWriter writer)
    {
        if (_opening is { } opening) writer.Event(opening.Id, opening.Data);
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        _page = await _caller.Services.Feed.ReadAsync(_caller.WorkspaceId, _after, PageSize, cancellation);
        if (_page.Count == 0) return false;
        // The last entry that was sent is not part of this history: history went back, and this node was not told yet.
        var next = _page[0];
        _isOtherHistory = _hash is not null && next.Seq == _after + 1 && !next.PreviousHash.SequenceEqual(_hash);
        _hash = _page[^1].Hash;
        return true;
    }

    public override void Write(IEventWriter writer)
    {
        foreach (var entry in _page)
        {
            if (_render(entry) is not { } data) continue;
            writer.Event(entry.Seq, data);
            _sentId = entry.Seq;
        }

        _after = _page[^1].Seq;
        // Commits are sent as a whole. A page of which nothing was sent moves the cursor all the same.
        if (_page.Count >= PageSize && TakeCursor() is { } cursor) writer.Cursor(cursor);
    }

    public override string? TakeCursor()
    {
        if (_sentId >= _after) return null;
        _sentId = _after;
        return _after.ToString(CultureInfo.InvariantCulture);
    }

    public override void Dispose() => _subscription.Dispose();
}
