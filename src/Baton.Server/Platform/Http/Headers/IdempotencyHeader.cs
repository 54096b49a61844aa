using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Commits.IdempotencyKeys;
using Baton.Server.Platform.Http.Parameters;

namespace Baton.Server.Platform.Http.Headers;

/// <summary>The header `Idempotency-Key`, with the fingerprint of the request that it stands for.</summary>
internal static class IdempotencyHeader
{
    const string Name = "Idempotency-Key";
    public const int MaxLength = 255;

    static readonly JsonDocumentOptions s_options = new() { MaxDepth = JsonValues.MaxDepth };

    /// <summary>The key alone; null for none, or for one that is wrong, which is noted.</summary>
    public static string? ReadKey(HttpCall call)
    {
        var key = call.Header(Name);
        if (key is null
            || (key.Length is > 0 and <= MaxLength && !key.AsSpan().ContainsAnyExceptInRange('!', '~')))
            return key;
        call.Errors.Add(
            ErrorCodes.RequestInvalidHeader,
            "header:" + Name,
            $"{Name} must be 1 to {MaxLength} visible ASCII characters.");
        return null;
    }

    public static IdempotencyKey? Read(HttpCall call, byte[]? body)
    {
        if (ReadKey(call) is not { } key) return null;

        var actor = call.Actor;
        return new IdempotencyKey($"{actor.KeyId}/{actor.AgentId}", key, Fingerprint(call.Http.Request, body ?? []));
    }

    /// <summary>
    /// The fingerprint of everything that the outcome depends on. Of a JSON body the meaning counts: a client that
    /// sends the request again may write the members in another order, as maps of Go and Rust do.
    /// </summary>
    static byte[] Fingerprint(HttpRequest request, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, request.Method);
        // The target counts as it was sent, because two keys of a namespace can differ only in whether a slash is
        // encoded.
        Append(hash, RawTarget.Of(request));
        Append(hash, request.Headers.IfMatch.ToString());
        Append(hash, request.Headers.IfNoneMatch.ToString());
        Append(hash, request.Headers["Baton-Model"].ToString());
        Append(hash, request.Headers["Baton-Sources"].ToString());
        Append(hash, request.ContentType ?? "");
        var meaning = JsonBodies.IsJson(request.ContentType) ? MeaningOf(body) : null;
        hash.AppendData(meaning is null ? "bytes"u8 : "json"u8);
        hash.AppendData(meaning ?? body);
        return hash.GetHashAndReset();
    }

    /// <summary>The meaning of a body; null if it is not JSON, and then its bytes count.</summary>
    static byte[]? MeaningOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, s_options);
            return JsonDigest.Of(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Appends a part, with its length before it, so that no two different requests give the same bytes.
    /// </summary>
    static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
