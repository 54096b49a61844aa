using System.Buffers.Binary;
using System.Numerics;

namespace Baton.JsonSchema.Documents;

/// <summary>
/// Eight bytes that tell most names apart: made of the first eight, the last eight, and the length. Equal names have
/// equal keys; equal keys still need a look at the names. Nothing that an attacker may fill is hashed by it.
/// </summary>
internal static class NameKey
{
    const ulong Odd = 0x9E37_79B9_7F4A_7C15;

    public static ulong Of(ReadOnlySpan<byte> name)
    {
        var length = (ulong)name.Length;
        if (name.Length >= sizeof(ulong))
        {
            var first = BinaryPrimitives.ReadUInt64LittleEndian(name);
            var last = BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]);
            return (first ^ BitOperations.RotateLeft(last * Odd, 29)) + length * Odd;
        }

        if (name.Length >= sizeof(uint))
        {
            ulong first = BinaryPrimitives.ReadUInt32LittleEndian(name);
            ulong last = BinaryPrimitives.ReadUInt32LittleEndian(name[^sizeof(uint)..]);
            return (first | last << 32) + length * Odd;
        }

        if (name.IsEmpty) return 0;
        return (name[0] | (ulong)name[name.Length / 2] << 8 | (ulong)name[^1] << 16) + length * Odd;
    }
}
