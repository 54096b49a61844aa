using System.Buffers;
using System.Collections.Concurrent;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Http;

/// <summary>
/// Reads request bodies within three bounds: one for each body, one for all bodies in memory of a workspace, and one
/// for all together. It counts the memory that is held. Memory is taken as bytes arrive, whatever length was declared.
/// </summary>
/// <param name="inFlightLimit">Bytes of all workspaces together.</param>
/// <param name="largestBody">The most that one body may have: a share is never less, so that it gets through.</param>
internal sealed class Bodies(long inFlightLimit, long largestBody)
{
    /// <summary>
    /// The part of all bytes that one workspace may hold. It is large for a workspace that is alone, and leaves room
    /// for the others.
    /// </summary>
    const int SharePercent = 75;

    /// <summary>The bytes that are held for a body before any of it has arrived.</summary>
    const int FirstBytes = 16 * 1024;

    /// <summary>The factor by which the held memory grows when more arrives.</summary>
    const int Growth = 4;

    readonly long _share = Math.Max(
        (inFlightLimit / 100 * SharePercent) + (inFlightLimit % 100 * SharePercent / 100), largestBody);

    // There is one for each workspace that ever sent a body. Their number is bounded by that of workspaces, which only
    // server keys can make.
    readonly ConcurrentDictionary<string, Holding> _holdings = new();
    long _inFlight;

    /// <summary>Bytes of bodies that requests hold now.</summary>
    public long InFlight => Interlocked.Read(ref _inFlight);

    /// <summary>
    /// Reads the whole body. A declared length over the limit is refused unread, an undeclared one as soon as it is
    /// over. Call <see cref="Release(string, long)"/> with the length when the request is done.
    /// </summary>
    public async ValueTask<Outcome<byte[]>> ReadAsync(
        HttpRequest request, string workspaceId, long limit, CancellationToken cancellation)
    {
        var declared = request.ContentLength;
        if (declared > limit) return TooLarge(limit);
        if (declared == 0) return Array.Empty<byte>();
        var holding = _holdings.GetOrAdd(workspaceId, static _ => new Holding());
        var body = new Body(this, holding, declared ?? limit);
        var isRead = false;
        try
        {
            if (declared is not null && body.Reserve(Math.Min(declared.Value, FirstBytes)) is { } full) return full;
            while (declared is null || body.Count < declared)
            {
                var result = await request.BodyReader.ReadAsync(cancellation);
                var failure = body.Add(result.Buffer, limit);
                // This is done after a failure too: a read that stays open would cost the caller its connection, and
                // perhaps the answer.
                request.BodyReader.AdvanceTo(result.Buffer.End);
                if (failure is not null) return failure;
                if (!result.IsCompleted) continue;
                if (declared is null) break;
                if (body.Count < declared)
                    return new Failure(ErrorCodes.RequestMalformed, "The body is shorter than its Content-Length.");
            }

            isRead = true;
            return body.Take();
        }
        finally
        {
            if (!isRead) body.Dispose();
        }
    }

    /// <summary>Tells that a body that was read is not held any more.</summary>
    public void Release(string workspaceId, long bytes) => Release(_holdings[workspaceId], bytes);

    Failure? Reserve(Holding holding, long bytes)
    {
        if (Interlocked.Add(ref holding.Bytes, bytes) > _share)
        {
            Interlocked.Add(ref holding.Bytes, -bytes);
            return Overloaded($"of this workspace are in flight: {_share} is its share.");
        }

        if (Interlocked.Add(ref _inFlight, bytes) <= inFlightLimit) return null;
        Release(holding, bytes);
        return Overloaded("are in flight.");
    }

    void Release(Holding holding, long bytes)
    {
        Interlocked.Add(ref holding.Bytes, -bytes);
        Interlocked.Add(ref _inFlight, -bytes);
    }

    static Failure TooLarge(long limit) =>
        new(ErrorCodes.RequestBodyTooLarge, $"The body is larger than {limit} bytes.");

    static Failure Overloaded(string whose) =>
        new(ErrorCodes.ServerOverloaded, $"Too many bytes of request bodies {whose}") { RetryAfterSeconds = 1 };

    /// <summary>The bytes that a workspace holds; they are changed by interlocked operations only.</summary>
    sealed class Holding
    {
        public long Bytes;
    }

    /// <summary>A body that is being read. Used by one request.</summary>
    sealed class Body(Bodies owner, Holding holding, long most)
    {
        byte[] _bytes = [];
        long _reserved;

        public int Count { get; private set; }

        public Failure? Reserve(long bytes)
        {
            if (bytes <= _reserved) return null;
            if (owner.Reserve(holding, bytes - _reserved) is { } full) return full;
            _reserved = bytes;
            return null;
        }

        public Failure? Add(in ReadOnlySequence<byte> arrived, long limit)
        {
            if (Count + arrived.Length > limit) return TooLarge(limit);
            var count = (int)Math.Min(arrived.Length, most - Count);
            if (count > _bytes.Length - Count && Grow(Count + count) is { } full) return full;
            arrived.Slice(0, count).CopyTo(_bytes.AsSpan(Count));
            Count += count;
            return null;
        }

        /// <summary>The bytes of the body. As many bytes stay reserved.</summary>
        public byte[] Take()
        {
            if (_bytes.Length > Count) Array.Resize(ref _bytes, Count);
            owner.Release(holding, _reserved - Count);
            return _bytes;
        }

        public void Dispose() => owner.Release(holding, _reserved);

        Failure? Grow(int needed)
        {
            var size = Math.Min(most, Math.Max(needed, Math.Max(FirstBytes, (long)_bytes.Length * Growth)));
            if (Reserve(size) is { } full)
            {
                // There may still be room for the bytes that have arrived.
                size = needed;
                if (Reserve(size) is not null) return full;
            }

            var grown = GC.AllocateUninitializedArray<byte>((int)size);
            _bytes.AsSpan(0, Count).CopyTo(grown);
            _bytes = grown;
            return null;
        }
    }
}
