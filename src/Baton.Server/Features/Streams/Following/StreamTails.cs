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

    // Under _lock. A tail is here exactly while it has readers.
    readonly Dictionary<StreamKey, StreamTail> _tails = [];

    /// <summary>A reader of a stream's tail: it is woken by whatever changes the stream from now on.</summary>
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

    /// <summary>The lane's, when it is durable: these entries were appended, after which the stream is so.</summary>
    public void Appended(StreamRow row, StreamEntryRow[] entries) => Find(row.Key)?.Append(row, entries);

    /// <summary>The lane's, when it is durable: the stream is so now, and no entry was appended.</summary>
    public void Changed(StreamRow row) => Find(row.Key)?.Learn(row);

    /// <summary>The workspace's history has gone back: its tails hold what is no part of it.</summary>
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
    /// Looks at the stream whenever the feed tells of it: a commit of another node is seen nowhere else.
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
                // What the lane of this node committed it has told of already.
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
                // What was told of is not known: the readers look themselves, and meet the fault.
                tail.Distrust();
                tail.Wake();
            }
        }
    }
}
