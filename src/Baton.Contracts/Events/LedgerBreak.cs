using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Events;

/// <summary>One place where the ledger is broken.</summary>
/// <param name="Seq">The seq of the entry.</param>
/// <param name="Reason">
/// What is broken: `missing`, `hash_mismatch`, `malformed`, `out_of_order`, `head_mismatch` or `unexpected_head`.
/// </param>
public sealed record LedgerBreak(
    long Seq,
    [property: AllowedValues(
        "missing", "hash_mismatch", "malformed", "out_of_order", "head_mismatch", "unexpected_head")]
    string Reason);
