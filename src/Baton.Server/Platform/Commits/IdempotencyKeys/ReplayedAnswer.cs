using System.Buffers.Binary;
using System.Text.Json;
using Baton.Contracts.Json;

namespace Baton.Server.Platform.Commits.IdempotencyKeys;

/// <summary>An answer given before, as it is given again.</summary>
/// <param name="Status">200 or 201.</param>
/// <param name="Version">For the ETag; null for none.</param>
/// <param name="Seq">The commit.</param>
/// <param name="Body">The JSON body.</param>
internal sealed record ReplayedAnswer(int Status, long? Version, long Seq, byte[] Body)
{
    const int HeaderSize = 20;
    const long NoVersion = -1;

    public static ReplayedAnswer Of(Effect effect)
    {
        var answer = (effect.Replay ?? effect.Answer!).At(effect.Seq);
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, BatonJson.Options.GetTypeInfo(answer.GetType()));
        return new ReplayedAnswer(effect.Created ? 201 : 200, effect.Version, effect.Seq, body);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderSize + Body.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, Status);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(4), Version ?? NoVersion);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(12), Seq);
        Body.CopyTo(bytes.AsSpan(HeaderSize));
        return bytes;
    }

    public static ReplayedAnswer FromBytes(byte[] bytes)
    {
        var version = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(4));
        return new ReplayedAnswer(
            BinaryPrimitives.ReadInt32BigEndian(bytes),
            version == NoVersion ? null : version,
            BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(12)),
            bytes[HeaderSize..]);
    }
}
