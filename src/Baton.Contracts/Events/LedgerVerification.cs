namespace Baton.Contracts.Events;

/// <summary>What a verification found.</summary>
/// <param name="Intact">Nothing broken was found.</param>
/// <param name="Checked">How many entries were hashed.</param>
/// <param name="Head">The newest entry.</param>
/// <param name="Broken">The first 100 places that are broken, in order.</param>
public sealed record LedgerVerification(
    bool Intact, long Checked, LedgerHead Head, IReadOnlyList<LedgerBreak> Broken);
