using Baton.JsonSchema.Compatibility.Formulas;

namespace Baton.JsonSchema.Compatibility;

/// <summary>Compares two versions of a definition. Both must be definitions that compile.</summary>
public static class SchemaCompatibility
{
    /// <summary>
    /// About a second of work at the very most; ordinary definitions take less than a thousandth of it.
    /// </summary>
    const long MaxWork = 3_000_000;

    /// <summary>Decides whether every document that is valid under `older` is valid under `newer`.</summary>
    /// <param name="older">The definition that documents were valid under so far.</param>
    /// <param name="newer">The definition that is to follow it.</param>
    /// <param name="registered">Definitions that both may refer to, by address.</param>
    /// <param name="olderRegistered">
    /// Those that the older one refers to, where the same address meant another definition then. Null: the same.
    /// </param>
    public static CompatibilityVerdict Compare(
        ReadOnlyMemory<byte> older,
        ReadOnlyMemory<byte> newer,
        Func<string, byte[]?>? registered = null,
        Func<string, byte[]?>? olderRegistered = null)
    {
        try
        {
            var budget = new Budget(MaxWork);
            return new Comparison(new(older, olderRegistered ?? registered), new(newer, registered), budget).Decide();
        }
        catch (UndecidableException undecidable)
        {
            return Explanation.Undecided(new Origin(IsNewer: true, "", ""), undecidable.Message);
        }
    }
}
