using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Json;

namespace Baton.Contracts.Events;

/// <summary>The newest entry of the ledger.</summary>
/// <param name="Seq">0 when nothing was done yet.</param>
/// <param name="Hash">64 hex digits; 64 zeros when nothing was done yet.</param>
public sealed record LedgerHead(long Seq, [property: RegularExpression(WirePatterns.Hash)] string Hash);
