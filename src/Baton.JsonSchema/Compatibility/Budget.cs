namespace Baton.JsonSchema.Compatibility;

/// <summary>The work that one comparison may do. One unit is a formula read, added to a case or evaluated.</summary>
internal sealed class Budget(long units)
{
    long _left = units;

    /// <exception cref="UndecidableException">It is used up.</exception>
    public void Spend(long units = 1)
    {
        _left -= units;
        if (_left < 0) throw new UndecidableException("the definitions are too complex to compare");
    }
}
