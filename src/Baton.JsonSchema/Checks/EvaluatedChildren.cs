namespace Baton.JsonSchema.Checks;

/// <summary>
/// Which items or members of one value some keyword has looked at, by their ordinals. Made only for schemas with an
/// `unevaluated…` keyword. An alternative that may fail gets one of its own, merged when it succeeds.
/// </summary>
internal sealed class EvaluatedChildren(int count)
{
    readonly ulong[] _bits = new ulong[(count + 63) / 64];

    /// <summary>The work of making another one, in words of 64 bits.</summary>
    public int WordCount => _bits.Length;

    public bool this[int ordinal] => (_bits[ordinal / 64] & 1UL << ordinal) != 0;

    public EvaluatedChildren Fresh() => new(count);

    public void Add(int ordinal) => _bits[ordinal / 64] |= 1UL << ordinal;

    public void AddAll() => _bits.AsSpan().Fill(ulong.MaxValue);

    public void AddAll(EvaluatedChildren others)
    {
        for (var index = 0; index < _bits.Length; index++) _bits[index] |= others._bits[index];
    }
}
