using Baton.JsonSchema.Compatibility.Formulas;

namespace Baton.JsonSchema.Compatibility.Refutation;

/// <summary>A claim that nothing fulfils it could not be proven.</summary>
/// <param name="Witness">A value that seems to fulfil it; null: none was made.</param>
/// <param name="IsCertain">The value was evaluated and fulfils it.</param>
/// <param name="Blame">What in the newer definition would refuse the value; null: nothing of it was part of the
/// claim.</param>
/// <param name="OpenMember">A member that the newer definition restrains and the older one did not mention.</param>
internal sealed record Opening(Instance? Witness, bool IsCertain, Origin? Blame, string? OpenMember = null)
{
    /// <summary>The better one to report: what is certain, then what came first.</summary>
    public static Opening? Better(Opening? first, Opening? second) =>
        first is null || !first.IsCertain && second is { IsCertain: true } ? second : first;
}
