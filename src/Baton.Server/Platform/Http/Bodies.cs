using System.Buffers;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Errors;

namespace Baton.Server.Platform.Http;

/// <summary>Reads request bodies within two bounds: one for each body, one for all bodies in memory together.</summary>
internal sealed class Bodies(long inFlightLimit)
{
    long _inFlight;

    /// <summary>Bytes of bodies that requests hold now.</summary>
    public long InFlight => Interlocked.Read(ref _inFlight);

    /// <summary>
    /// Reads the whole body. A declared length over the limit is refused unread, an undeclared one as soon as it is
    /// over. Call <see cref="Release"/> with the length when the request is done.
    /// </summary>
    public async ValueTask<Outcome<byte[]>> ReadAsync(HttpRequest request, long limit, CancellationToken cancellation)
    {
        if (request.ContentLength is { } declared)
        {
            if (declared > limit) return TooLarge(limit);
            if (declared == 0) return Array.Empty<byte>();
            if (!TryReserve(declared)) return Overloaded();
            return await ReadDeclaredAsync(request, (int)declared, cancellation);
        }

        return await ReadUndeclaredAsync(request, limit, cancellation);
    }

    public void Release(long bytes) => Interlocked.Add(ref _inFlight, -bytes);

    async ValueTask<Outcome<byte[]>> ReadDeclaredAsync(HttpRequest request, int length, CancellationToken cancellation)
    {
        var read = false;
        try
        {
            var body = GC.AllocateUninitializedArray<byte>(length);
            var filled = 0;
            while (filled < length)
            {
                var result = await request.BodyReader.ReadAsync(cancellation);
                var buffer = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, length - filled));
                buffer.CopyTo(body.AsSpan(filled));
                filled += (int)buffer.Length;
                request.BodyReader.AdvanceTo(buffer.End);
                if (result.IsCompleted && filled < length)
                    return new Failure(ErrorCodes.RequestMalformed, "The body is shorter than its Content-Length.");
            }

            read = true;
            return body;
        }
        finally
        {
            if (!read) Release(length);
        }
    }

    async ValueTask<Outcome<byte[]>> ReadUndeclaredAsync(
        HttpRequest request, long limit, CancellationToken cancellation)
    {
        var writer = new ArrayBufferWriter<byte>();
        var reserved = 0L;
        var read = false;
        try
        {
            while (true)
            {
                var result = await request.BodyReader.ReadAsync(cancellation);
                var failure = Accept(result.Buffer, writer, limit, ref reserved);
                // Also after a failure: a read that stays open costs the caller its connection, and perhaps the answer.
                request.BodyReader.AdvanceTo(result.Buffer.End);
                if (failure is not null) return failure;
                if (!result.IsCompleted) continue;
                read = true;
                return writer.WrittenSpan.ToArray();
            }
        }
        finally
        {
            if (!read) Release(reserved);
        }
    }

    Failure? Accept(in ReadOnlySequence<byte> bytes, ArrayBufferWriter<byte> writer, long limit, ref long reserved)
    {
        if (writer.WrittenCount + bytes.Length > limit) return TooLarge(limit);
        if (!TryReserve(bytes.Length)) return Overloaded();
        reserved += bytes.Length;
        foreach (var segment in bytes) writer.Write(segment.Span);
        return null;
    }

    bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _inFlight, bytes) <= inFlightLimit) return true;
        Release(bytes);
        return false;
    }

    static Failure TooLarge(long limit) =>
        new(ErrorCodes.RequestBodyTooLarge, $"The body is larger than {limit} bytes.");

    static Failure Overloaded() =>
        new(ErrorCodes.ServerOverloaded, "Too many bytes of request bodies are in flight.") { RetryAfterSeconds = 1 };
}
