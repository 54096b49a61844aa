using System.Numerics;
using System.Runtime.InteropServices;

namespace Baton.JsonSchema.Documents;

/// <summary>
/// An open-addressing table from hashes to tokens for one walk, in a rented array. It holds candidates: whoever asks
/// compares. Hashes come from <see cref="HashOf"/>, whose seed nobody outside of the process knows.
/// </summary>
internal readonly ref struct HashIndex : IDisposable
{
    readonly Slot[] _slots;
    readonly int _mask;

    public HashIndex(int count)
    {
        // At most four fifths of the places are taken.
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)(count + count / 4 + 1));
        _mask = size - 1;
        _slots = ScratchArrays<Slot>.Rent(size);
        _slots.AsSpan(0, size).Clear();
    }

    /// <summary>One place of the table; token + 1, so that 0 is empty.</summary>
    struct Slot
    {
        public int Hash;
        public int TokenPlusOne;
    }

    /// <summary>A hash for bytes that strangers choose: Marvin, with this process's seed.</summary>
    public static int HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = string.GetHashCode(MemoryMarshal.Cast<byte, char>(bytes));
        return bytes.Length % 2 == 0 ? hash : hash * 31 + bytes[^1] + 1;
    }

    public HashProbe Probe(int hash) => new(this, hash);

    public void Dispose() => ScratchArrays<Slot>.Return(_slots);

    /// <summary>A walk over the tokens that were inserted under one hash.</summary>
    internal ref struct HashProbe(HashIndex index, int hash)
    {
        readonly HashIndex _index = index;
        int _at = hash & index._mask;

        public bool Next(out int token)
        {
            while (_index._slots[_at] is { TokenPlusOne: not 0 } slot)
            {
                _at = (_at + 1) & _index._mask;
                if (slot.Hash != hash) continue;
                token = slot.TokenPlusOne - 1;
                return true;
            }

            token = -1;
            return false;
        }

        /// <summary>Adds a token where the walk has ended: after <see cref="Next"/> was false.</summary>
        public readonly void Insert(int token) =>
            _index._slots[_at] = new Slot { Hash = hash, TokenPlusOne = token + 1 };
    }
}
