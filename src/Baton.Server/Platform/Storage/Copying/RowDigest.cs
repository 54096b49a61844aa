using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Storage.Copying;

/// <summary>
/// SHA-256 over rows, the same whatever store they are from: each value as its length in four bytes, big-endian, and
/// its bytes; integers as eight bytes, big-endian; an absent value as a length of -1.
/// </summary>
internal sealed class RowDigest : IColumnBinder, IDisposable
{
    const int BufferBytes = 64 * 1024;

    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] _buffer = new byte[BufferBytes];
    int _used;

    public void Text(int column, string? value)
    {
        if (value is null)
        {
            Absent();
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        Length(length);
        if (length > BufferBytes)
        {
            Large(Encoding.UTF8.GetBytes(value));
            return;
        }

        Reserve(length);
        _used += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_used));
    }

    public void Integer(int column, long? value)
    {
        if (value is null)
        {
            Absent();
            return;
        }

        Length(sizeof(long));
        Reserve(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_buffer.AsSpan(_used), value.Value);
        _used += sizeof(long);
    }

    public void Bytes(int column, byte[]? value)
    {
        if (value is null)
        {
            Absent();
            return;
        }

        Length(value.Length);
        if (value.Length > BufferBytes)
        {
            Large(value);
            return;
        }

        Reserve(value.Length);
        value.CopyTo(_buffer, _used);
        _used += value.Length;
    }

    /// <summary>The digest of everything so far, in hexadecimal; the next one begins anew.</summary>
    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    void Absent() => Length(-1);

    void Length(int length)
    {
        Reserve(sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_used), length);
        _used += sizeof(int);
    }

    void Reserve(int bytes)
    {
        if (_used + bytes > BufferBytes) Flush();
    }

    void Large(byte[] value)
    {
        Flush();
        _hash.AppendData(value);
    }

    void Flush()
    {
        _hash.AppendData(_buffer, 0, _used);
        _used = 0;
    }
}
