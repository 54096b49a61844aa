namespace Baton.Contracts.Events;

/// <summary>What a verification of the ledger found.</summary>
/// <param name="Intact">Whether nothing broken was found.</param>
/// <param name="Checked">How many entries were hashed.</param>
/// <param name="Head">The newest entry of the ledger.</param>
/// <param name="Broken">The first places that are broken, at most 100, in the order of their seqs.</param>
public sealed record LedgerVerification(
    bool Intact, long Checked, LedgerHead Head, IReadOnlyList<LedgerBreak> Broken);
