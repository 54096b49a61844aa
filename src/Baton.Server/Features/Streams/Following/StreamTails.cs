using Baton.Server.Features.Streams.Entries;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Streams.Following;

/// <summary>
/// The tails of the streams that somebody follows on this node. The lane gives them what it has committed; then the
/// feed tells that something was, here or on another node, and the readers are woken. Safe for concurrent use.
/// </summary>
internal sealed class StreamTails(
    ChangeFeed feed, Func<StreamKey, CancellationToken, ValueTask<StreamRow?>> find, Background background)
{
    readonly Lock _lock = new();

    // Used under _lock. A tail is in it exactly while it has readers.
    readonly Dictionary<StreamKey, StreamTail> _tails = [];

    /// <summary>Makes a reader of a stream's tail. Every change of the stream from now on wakes it.</summary>
    public TailReader Follow(StreamKey key)
    {
        StreamTail? tail;
        lock (_lock)
        {
            if (!_tails.TryGetValue(key, out tail)) _tails.Add(key, tail = new StreamTail(Watch(key)));
            tail.Users++;
        }

        tail.EnsureWatched();
        return new TailReader(this, key, tail);
    }

    /// <summary>
    /// Adds entries that were appended, with the stream as it is afterwards. The lane calls this when they are durable.
    /// </summary>
    public void Appended(StreamRow row, StreamEntryRow[] entries) => Find(row.Key)?.Append(row, entries);

    /// <summary>
    /// Takes over the stream as it is now, without new entries. The lane calls this when the change is durable.
    /// </summary>
    public void Changed(StreamRow row) => Find(row.Key)?.Learn(row);

    /// <summary>Empties the tails of a workspace whose history has gone back.</summary>
    public void Forget(string workspaceId)
    {
        List<StreamTail> tails;
        lock (_lock) tails = [.. _tails.Where(tail => tail.Key.WorkspaceId == workspaceId).Select(tail => tail.Value)];
        foreach (var tail in tails) tail.ForgetHistory();
    }

    public void Leave(StreamKey key, StreamTail tail)
    {
        lock (_lock)
        {
            if (--tail.Users > 0) return;
            _tails.Remove(key);
        }

        tail.Dispose();
    }

    StreamTail? Find(StreamKey key)
    {
        lock (_lock) return _tails.GetValueOrDefault(key);
    }

    /// <summary>
    /// Looks at the stream whenever the feed tells of it: this is the only way to see a commit of another node.
    /// </summary>
    Action<StreamTail> Watch(StreamKey key) => tail =>
    {
        var subscription = feed.Subscribe(key.WorkspaceId, FeedFilter.Of(Stream.ResourceOf(key.StreamId)));
        background.Watch(WatchAsync(key, tail, subscription));
    };

    async Task WatchAsync(StreamKey key, StreamTail tail, Subscription subscription)
    {
        using var watched = subscription;
        while (true)
        {
            try
            {
                await subscription.WaitAsync(Timeout.InfiniteTimeSpan, tail.Closed);
                // The lane of this node has told already of its own commits.
                if (subscription.NewestSeq > tail.KnownSeq) tail.Learn(await find(key, tail.Closed));
                tail.Wake();
            }
            catch (Exception) when (tail.Closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                if (failure is not StorageUnavailableException)
                    background.Tell("Following " + Stream.ResourceOf(key.StreamId), failure);
                // It is not known what has changed: the readers read the database themselves, and get the failure.
                tail.Distrust();
                tail.Wake();
            }
        }
    }
}
