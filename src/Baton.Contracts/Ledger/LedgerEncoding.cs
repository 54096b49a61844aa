using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Contracts.Ledger;

/// <summary>
/// The bytes whose SHA-256 is the hash of a ledger entry: fifteen fields, each after its length in 4 bytes
/// (big-endian). For a null the length is FFFFFFFF, and no bytes follow. Integers are 8 bytes (big-endian), text is
/// UTF-8. The first fourteen fields are the <em>body</em>; the last one, the <em>link</em>, is the hash of the entry
/// before.
/// </summary>
public static class LedgerEncoding
{
    /// <summary>The bytes of a hash.</summary>
    public const int HashSize = 32;

    const int MaxFixedSize = 4 + 15 + (15 * 4) + (4 * 8) + HashSize;
    const uint Null = 0xFFFFFFFF;

    /// <summary>The hash that stands for an entry before the first one: 32 zero bytes.</summary>
    public static byte[] Genesis => new byte[HashSize];

    /// <summary>
    /// The first fourteen fields of an entry: all that it says, without its link to the entry before.
    /// </summary>
    public static byte[] EncodeBody(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var buffer = new byte[MaxFixedSize + MaxTextSize(entry)];
        var writer = new FieldWriter(buffer);
        writer.Bytes("baton.ledger.v1"u8);
        writer.Text(entry.WorkspaceId);
        writer.Integer(entry.Seq);
        writer.Integer(entry.CommitSeq);
        writer.Integer(entry.At);
        writer.Text(entry.AgentId);
        writer.Text(entry.KeyId);
        writer.Text(entry.Action);
        writer.Text(entry.Resource);
        writer.Integer(entry.Version);
        writer.Text(entry.Outcome);
        writer.BytesOrNull(entry.Detail);
        writer.BytesOrNull(entry.Commitment);
        writer.Text(entry.TraceId);
        return buffer.AsSpan(0, writer.Written).ToArray();
    }

    /// <summary>
    /// The whole encoding of an entry: its body and its link. A previous hash that has not 32 bytes throws.
    /// </summary>
    public static byte[] Encode(LedgerEntry entry, ReadOnlySpan<byte> previousHash) =>
        Encode(EncodeBody(entry), previousHash);

    /// <summary>
    /// The whole encoding of an entry whose body is known: the body and the link. A previous hash that has not 32 bytes
    /// throws.
    /// </summary>
    public static byte[] Encode(ReadOnlySpan<byte> body, ReadOnlySpan<byte> previousHash)
    {
        var whole = new byte[body.Length + 4 + HashSize];
        WriteWhole(body, previousHash, whole);
        return whole;
    }

    /// <summary>
    /// The hash of an entry: that of its body, and of the hash of the entry before. A previous hash that has not 32
    /// bytes throws.
    /// </summary>
    public static byte[] Hash(ReadOnlySpan<byte> body, ReadOnlySpan<byte> previousHash)
    {
        var hash = new byte[HashSize];
        Hash(body, previousHash, hash);
        return hash;
    }

    /// <summary>
    /// As <see cref="Hash(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>, written into 32 bytes that the caller gives.
    /// </summary>
    public static void Hash(ReadOnlySpan<byte> body, ReadOnlySpan<byte> previousHash, Span<byte> hash)
    {
        var length = body.Length + 4 + HashSize;
        Span<byte> whole = length <= 2048 ? stackalloc byte[length] : new byte[length];
        WriteWhole(body, previousHash, whole);
        SHA256.HashData(whole, hash);
    }

    /// <summary>Reads an entry from its body. False, and null, if the bytes are not a body.</summary>
    public static bool TryDecodeBody(ReadOnlySpan<byte> body, out LedgerEntry? entry)
    {
        entry = null;
        var reader = new FieldReader(body);
        if (!reader.Bytes(out var magic) || !magic.SequenceEqual("baton.ledger.v1"u8)) return false;
        if (!reader.Text(out var workspaceId) || workspaceId is null) return false;
        if (!reader.Integer(out var seq) || !reader.Integer(out var commitSeq) || !reader.Integer(out var at))
            return false;
        if (seq is null || commitSeq is null || at is null) return false;
        if (!reader.Text(out var agentId) || !reader.Text(out var keyId)) return false;
        if (!reader.Text(out var action) || !reader.Text(out var resource)) return false;
        if (!reader.Integer(out var version) || !reader.Text(out var outcome)) return false;
        if (!reader.BytesOrNull(out var detail) || !reader.BytesOrNull(out var commitment)) return false;
        if (!reader.Text(out var traceId) || !reader.AtEnd) return false;
        if (action is null || resource is null || outcome is null) return false;
        entry = new LedgerEntry
        {
            WorkspaceId = workspaceId,
            Seq = seq.Value,
            CommitSeq = commitSeq.Value,
            At = at.Value,
            AgentId = agentId,
            KeyId = keyId,
            Action = action,
            Resource = resource,
            Version = version,
            Outcome = outcome,
            Detail = detail,
            Commitment = commitment,
            TraceId = traceId,
        };
        return true;
    }

    /// <summary>
    /// Reads of a body only the workspace, the seq and the seq of the commit, which a verifier checks besides the hash.
    /// False if the bytes are not a body.
    /// </summary>
    public static bool TryReadPlace(
        ReadOnlySpan<byte> body, out ReadOnlySpan<byte> workspaceId, out long seq, out long commitSeq)
    {
        seq = commitSeq = 0;
        var reader = new FieldReader(body);
        if (!reader.Bytes(out _) || !reader.Bytes(out workspaceId))
        {
            workspaceId = default;
            return false;
        }

        if (!reader.Integer(out var first) || !reader.Integer(out var last)) return false;
        if (first is null || last is null) return false;
        (seq, commitSeq) = (first.Value, last.Value);
        return true;
    }

    static void WriteWhole(ReadOnlySpan<byte> body, ReadOnlySpan<byte> previousHash, Span<byte> whole)
    {
        if (previousHash.Length != HashSize)
            throw new ArgumentException($"A hash has {HashSize} bytes, not {previousHash.Length}.");
        body.CopyTo(whole);
        BinaryPrimitives.WriteUInt32BigEndian(whole[body.Length..], HashSize);
        previousHash.CopyTo(whole[(body.Length + 4)..]);
    }

    static int MaxTextSize(LedgerEntry entry) =>
        Max(entry.WorkspaceId) + Max(entry.AgentId) + Max(entry.KeyId) + Max(entry.Action) + Max(entry.Resource)
        + Max(entry.Outcome) + Max(entry.TraceId) + (entry.Detail?.Length ?? 0) + (entry.Commitment?.Length ?? 0);

    static int Max(string? text) => text is null ? 0 : Encoding.UTF8.GetMaxByteCount(text.Length);

    ref struct FieldWriter(Span<byte> buffer)
    {
        readonly Span<byte> _buffer = buffer;

        public int Written { get; private set; }

        public void Bytes(ReadOnlySpan<byte> value)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_buffer[Written..], (uint)value.Length);
            value.CopyTo(_buffer[(Written + 4)..]);
            Written += 4 + value.Length;
        }

        public void BytesOrNull(byte[]? value)
        {
            if (value is null) WriteNull();
            else Bytes(value);
        }

        public void Text(string? value)
        {
            if (value is null)
            {
                WriteNull();
                return;
            }

            var size = Encoding.UTF8.GetBytes(value, _buffer[(Written + 4)..]);
            BinaryPrimitives.WriteUInt32BigEndian(_buffer[Written..], (uint)size);
            Written += 4 + size;
        }

        public void Integer(long? value)
        {
            if (value is null)
            {
                WriteNull();
                return;
            }

            BinaryPrimitives.WriteUInt32BigEndian(_buffer[Written..], 8);
            BinaryPrimitives.WriteInt64BigEndian(_buffer[(Written + 4)..], value.Value);
            Written += 12;
        }

        void WriteNull()
        {
            BinaryPrimitives.WriteUInt32BigEndian(_buffer[Written..], Null);
            Written += 4;
        }
    }

    ref struct FieldReader(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> _rest = body;

        public readonly bool AtEnd => _rest.IsEmpty;

        public bool Bytes(out ReadOnlySpan<byte> value) => Field(out value, out var isNull) && !isNull;

        public bool BytesOrNull(out byte[]? value)
        {
            var read = Field(out var bytes, out var isNull);
            value = read && !isNull ? bytes.ToArray() : null;
            return read;
        }

        public bool Text(out string? value)
        {
            var read = Field(out var bytes, out var isNull);
            value = read && !isNull ? Encoding.UTF8.GetString(bytes) : null;
            return read;
        }

        public bool Integer(out long? value)
        {
            value = null;
            if (!Field(out var bytes, out var isNull)) return false;
            if (isNull) return true;
            if (bytes.Length != 8) return false;
            value = BinaryPrimitives.ReadInt64BigEndian(bytes);
            return true;
        }

        bool Field(out ReadOnlySpan<byte> value, out bool isNull)
        {
            value = default;
            isNull = false;
            if (_rest.Length < 4) return false;
            var length = BinaryPrimitives.ReadUInt32BigEndian(_rest);
            _rest = _rest[4..];
            isNull = length == Null;
            if (isNull) return true;
            if (length > (uint)_rest.Length) return false;
            value = _rest[..(int)length];
            _rest = _rest[(int)length..];
            return true;
        }
    }
}
