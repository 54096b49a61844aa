using Baton.JsonSchema.Compatibility.Formulas;

namespace Baton.JsonSchema.Compatibility.Refutation;

/// <summary>Ways that a value can be in: it is in at least one of them.</summary>
/// <param name="Ways">Each a list of what holds then.</param>
/// <param name="IsNewer">They come from the newer definition: what is to be shown.</param>
/// <param name="IsBlamed">A message may point at what is inside; else it points at what they stand in.</param>
internal sealed record Alternatives(IReadOnlyList<IReadOnlyList<Literal>> Ways, bool IsNewer, bool IsBlamed);
