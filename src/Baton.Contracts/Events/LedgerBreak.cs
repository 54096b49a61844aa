using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Events;

/// <summary>One broken place.</summary>
/// <param name="Seq">The entry.</param>
/// <param name="Reason">
/// `missing`, `hash_mismatch`, `malformed`, `out_of_order`, `head_mismatch` or `unexpected_head`.
/// </param>
public sealed record LedgerBreak(
    long Seq,
    [property: AllowedValues(
        "missing", "hash_mismatch", "malformed", "out_of_order", "head_mismatch", "unexpected_head")]
    string Reason);
