using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Json;

namespace Baton.Contracts.Events;

/// <summary>The newest entry of the ledger of a workspace.</summary>
/// <param name="Seq">The seq of the entry; 0 where nothing was done yet.</param>
/// <param name="Hash">The hash of the entry, in 64 hex digits; 64 zeros where nothing was done yet.</param>
public sealed record LedgerHead(long Seq, [property: RegularExpression(WirePatterns.Hash)] string Hash);
