using System.Text.Json;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records;
using Baton.Server.Features.Store.Records.Patches;
using Baton.Server.Platform.Basics.Time;

namespace Baton.Server.Features.Store.Claims;

/// <summary>Makes the wire records by which claims are answered.</summary>
internal static class ClaimAnswers
{
    public static ClaimedRecord ToClaimed(this RecordRow row, ClaimRow claim) => new()
    {
        Key = row.Key,
        Value = JsonElement.Parse(row.Value),
        Version = row.Version,
        Size = row.Size,
        Metadata = row.ToMetadata(),
        CreatedAt = Micros.ToTime(row.CreatedAt),
        CreatedBy = row.CreatedBy,
        UpdatedAt = Micros.ToTime(row.UpdatedAt),
        UpdatedBy = row.UpdatedBy,
        ExpiresAt = Micros.ToTime(row.ExpiresAt),
        ClaimId = claim.ClaimId,
        Fence = claim.Lease.Fence,
        LeaseUntil = Micros.ToTime(claim.Lease.Until),
    };

    public static ClaimEnded ToEnded(this RecordRow row) => new()
    {
        Key = row.Key,
        Value = JsonElement.Parse(row.Value),
        Version = row.Version,
        Size = row.Size,
        Metadata = row.ToMetadata(),
        CreatedAt = Micros.ToTime(row.CreatedAt),
        CreatedBy = row.CreatedBy,
        UpdatedAt = Micros.ToTime(row.UpdatedAt),
        UpdatedBy = row.UpdatedBy,
        ExpiresAt = Micros.ToTime(row.ExpiresAt),
    };

    public static CountedRecord ToCounted(this RecordRow row) =>
        new() { Key = row.Key, Version = row.Version, Value = JsonElement.Parse(row.Value) };

    public static RecordClaim ToClaim(this ClaimRow claim) => new()
    {
        ClaimedBy = claim.Lease.Holder,
        ClaimedAt = Micros.ToTime(claim.Lease.TakenAt),
        Fence = claim.Lease.Fence,
        LeaseUntil = Micros.ToTime(claim.Lease.Until),
    };

    /// <summary>
    /// The answer as it is kept for an Idempotency-Key: a large one is kept without its values. Null: it is kept as it
    /// is.
    /// </summary>
    public static ClaimEnded? ForReplay(this ClaimEnded ended) => ended.Size > PatchRecord.MaxReplayBytes
        || ended.Counter?.Value?.GetRawText().Length > PatchRecord.MaxReplayBytes
        ? ended with { Value = null, Counter = ended.Counter is { } counter ? counter with { Value = null } : null }
        : null;
}
