using Baton.Server.Features.Streams.Entries;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Features.Streams.Following;

/// <summary>
/// Reads a stream on from a place, and waits for new entries. It reads from memory if the tail of the stream covers the
/// place, and from the database otherwise. A stream that is not there yet can be waited for. Used by one request only.
/// </summary>
internal sealed class StreamFollower : IWakeUp
{
    /// <summary>The entries of one read, if the request sets no limit.</summary>
    public const int PageSize = 256;

    readonly Caller _caller;
    readonly string _action;
    readonly StreamFeature _streams;
    readonly string _id;
    readonly string? _label;
    readonly string? _consumer;
    readonly bool _isWaiting;
    StreamPlace _place;
    StreamKey? _key;
    long? _renewAt;
    Subscription? _creation;
    TailReader? _tail;

    // The last entry as the database had it. It is known only until the first read is done, and only if other servers
    // append as well.
    long? _found;

    /// <param name="caller">Who reads.</param>
    /// <param name="action">By which action.</param>
    /// <param name="streams">The feature.</param>
    /// <param name="id">The stream's id or name.</param>
    /// <param name="place">Where the reader is.</param>
    /// <param name="label">Only entries with it; null for all.</param>
    /// <param name="consumer">Where there is no place: that of this consumer; null for none.</param>
    /// <param name="isWaiting">Whether it is going to wait: then whatever comes after a read wakes it.</param>
    public StreamFollower(
        Caller caller, string action, StreamFeature streams, string id, StreamPlace place, string? label,
        string? consumer, bool isWaiting)
    {
        (_caller, _action) = (caller, action);
        (_streams, _id, _place, _label, _consumer) = (streams, id, place, label, consumer);
        _isWaiting = isWaiting;
        // A stream that can never exist is not waited for.
        if (isWaiting && !StreamRef.IsId(id) && !place.IsOfSomeStream)
            _creation = caller.Services.Feed.Subscribe(
                caller.WorkspaceId,
                new FeedFilter(Resource: null, new Glob(CreateStream.Action), AgentId: null));
    }

    /// <summary>Whether the stream was found.</summary>
    public bool IsFound => _key is not null;

    /// <summary>Whether the stream was read, not only found.</summary>
    public bool IsRead { get; private set; }

    /// <summary>The last entry that was looked at; null while the stream is not there.</summary>
    public long? After => IsFound ? _place.After : null;

    /// <summary>The place that was reached, as `after` takes it; `0` while the stream is not there.</summary>
    public string NextAfter => PlaceAt(_place.After ?? 0);

    /// <summary>
    /// Whether the last read came to the newest entry of all, so that the next entry wakes the reader. A page can end
    /// earlier, by its count or by its bytes.
    /// </summary>
    public bool IsAtNewest { get; private set; } = true;

    /// <summary>Whether the newest commits were lost, so that what was read may no longer be part of history.</summary>
    public bool HasHistoryGoneBack => _tail?.HasHistoryGoneBack ?? _creation?.HasHistoryGoneBack ?? false;

    /// <summary>The entries that the last read found, in order.</summary>
    public List<RenderedEntry> Page { get; } = [];

    /// <summary>The place of an entry, as `after` takes it.</summary>
    public string PlaceAt(long entryId) => _key is { } key ? StreamPlace.TextOf(key.StreamId, entryId) : "0";

    public ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation) =>
        ((IWakeUp?)_tail ?? _creation!).WaitAsync(timeout, cancellation);

    /// <summary>
    /// Reads the entries after the place, and moves the place. A failure is the end: the stream does not exist (and
    /// cannot be waited for, or existed before), or the place is not one of it.
    /// </summary>
    public async ValueTask<Failure?> ReadAsync(int limit, CancellationToken cancellation)
    {
        Page.Clear();
        if (_key is null)
        {
            if (await FindAsync(cancellation) is { } absent) return absent;
            if (_key is null) return null;
        }
        else if (IsRenewalDue)
        {
            await RenewAsync(cancellation);
        }

        if (_place.After is { } after && TryReadTail(ref after, out var newest, limit))
        {
            MoveTo(after, newest);
            return null;
        }

        return await ReadStoredAsync(limit, cancellation);
    }

    /// <summary>
    /// Reads the newest entry of all. It is on the page only if it comes after the place. The place is then the end of
    /// the stream.
    /// </summary>
    public async ValueTask<(RenderedEntry? Newest, Failure? Failure)> ReadNewestAsync(CancellationToken cancellation)
    {
        Page.Clear();
        if (_key is null && await FindAsync(cancellation) is { } absent) return (null, absent);
        if (_key is not { } key) return (null, null);
        var query = new StreamQuery(key, _place, _label, Limit: 1) { IsNewest = true };
        if (await _streams.Finder.ReadAsync(query, cancellation) is not { } slice)
            return (null, StreamFailures.NotFound(_id));
        if (slice.Failure is { } failure) return (null, failure);
        MoveTo(slice.After, slice.Row.LastEntry);
        if (slice.Entries is not [var row]) return (null, null);
        var newest = new RenderedEntry(row);
        if (row.EntryId > slice.From) Page.Add(newest);
        return (newest, null);
    }

    bool IsRenewalDue => _renewAt is { } at && at <= _caller.Services.Now;

    public void Dispose()
    {
        _creation?.Dispose();
        _tail?.Dispose();
    }

    /// <summary>
    /// Finds the stream, if it exists. A reader that is going to wait calls this before it counts as waiting. From then
    /// on it waits for this very stream, and is told of its end, whatever stream gets the name later.
    /// </summary>
    public async ValueTask<Failure?> FindAsync(CancellationToken cancellation)
    {
        var workspaceId = _caller.WorkspaceId;
        var row = await _streams.Finder.FindAsync(workspaceId, _id, cancellation);
        // A stream that the caller may not see is as absent as one that does not exist.
        if (row is null || !_caller.MaySee(_action, row.Resource))
        {
            if (_creation is null) return StreamFailures.NotFound(_id);
            // The stream does not exist now, so all entries that come are new, however many there are at the next look.
            if (_place.IsNow) _place = _place with { IsNow = false };
            return null;
        }

        if (_consumer is not null && _place is { After: null, IsNow: false }
            && await _streams.Finder.FindCursorAsync(row, _consumer, cancellation) is { } cursor)
            _place = StreamPlace.At(cursor.EntryId);
        _key = row.Key;
        _renewAt = row.RenewAt;
        if (IsRenewalDue) await RenewAsync(cancellation);
        if (!_isWaiting) return null;
        if (_caller.Services.IsShared) _found = row.LastEntry;
        _tail = _streams.Tails.Follow(row.Key);
        _creation?.Dispose();
        _creation = null;
        return null;
    }

    /// <summary>
    /// Reads from the tail, if it covers the place. The tail knows commits of other servers only after this server was
    /// told of them. A first read must show everything that was acknowledged before, so it uses the tail only if the
    /// database has nothing new.
    /// </summary>
    bool TryReadTail(ref long after, out long newest, int limit)
    {
        (newest, var found) = (0, _found);
        _found = null;
        if (_tail is null || (found is { } last && last != after)) return false;
        var place = after;
        if (!_tail.TryRead(ref place, out newest, _caller.Services.Clock, _label, limit, Page)) return false;
        if (found is not null && newest != found)
        {
            Page.Clear();
            return false;
        }

        after = place;
        return true;
    }

    async ValueTask<Failure?> ReadStoredAsync(int limit, CancellationToken cancellation)
    {
        var query = new StreamQuery(_key!.Value, _place, _label, limit);
        if (await _streams.Finder.ReadAsync(query, cancellation) is not { } slice) return StreamFailures.NotFound(_id);
        if (slice.Failure is { } failure) return failure;
        foreach (var entry in slice.Entries) Page.Add(new RenderedEntry(entry));
        MoveTo(slice.After, slice.Row.LastEntry);
        return null;
    }

    void MoveTo(long after, long newest)
    {
        IsRead = true;
        IsAtNewest = after >= newest;
        // Most reads find nothing.
        if (_place.After != after) _place = StreamPlace.At(after) with { IsAnyAge = _place.IsAnyAge };
    }

    async ValueTask RenewAsync(CancellationToken cancellation)
    {
        await _streams.Renewals.RenewAsync(_key!.Value, cancellation);
        var row = await _streams.Finder.FindAsync(_key.Value.WorkspaceId, _key.Value.StreamId, cancellation);
        _renewAt = row?.RenewAt;
    }
}
