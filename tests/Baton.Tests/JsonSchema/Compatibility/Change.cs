using System.Text;
using Baton.JsonSchema.Compatibility;

namespace Baton.Tests.JsonSchema.Compatibility;

/// <summary>A row of the table: two versions of a definition and what comparing them has to come to.</summary>
/// <param name="Name">What changes.</param>
/// <param name="Older">JSON text; single quotes stand for double ones.</param>
/// <param name="Newer">Likewise.</param>
/// <param name="Expected">What it comes to.</param>
/// <param name="Witness">Of an incompatible change: a document that only the older version takes.</param>
public sealed record Change(string Name, string Older, string Newer, CompatibilityOutcomeName Expected, string? Witness = null)
{
    public static Change Fits(string name, string older, string newer) =>
        new(name, older, newer, CompatibilityOutcomeName.Compatible);

    public static Change Breaks(string name, string older, string newer, string witness) =>
        new(name, older, newer, CompatibilityOutcomeName.Incompatible, witness);

    public static Change Unclear(string name, string older, string newer) =>
        new(name, older, newer, CompatibilityOutcomeName.Undecided);

    public static byte[] Json(string text) => Encoding.UTF8.GetBytes(text.Replace('\'', '"'));

    internal CompatibilityVerdict Compare() => SchemaCompatibility.Compare(Json(Older), Json(Newer));

    public override string ToString() => Name;
}

/// <summary>The outcomes, for public test data.</summary>
public enum CompatibilityOutcomeName
{
    Compatible,
    Incompatible,
    Undecided,
}
