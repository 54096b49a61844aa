using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Claims;

/// <summary>A claim that is held, with its record.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Record">The record, which is live and names the claim.</param>
internal readonly record struct HeldClaim(ClaimRow Claim, RecordRow Record)
{
    /// <summary>
    /// Names the claim and its record as what an operation needs to know. Null: the claim does not exist, or is not
    /// known yet.
    /// </summary>
    public static ClaimRow? Read(ReadSet reads, ClaimKey key)
    {
        var claim = reads.Find(ClaimRow.Table, key);
        if (claim is not null) RecordWriter.Read(reads, claim.RecordKey);
        return claim;
    }

    /// <summary>
    /// The claim with its record. Null: it is no longer held. Its lease may have ended, if the due-queue has not come
    /// to it yet.
    /// </summary>
    public static HeldClaim? Find(UnitOfWork work, ClaimKey key)
    {
        if (work.Get(ClaimRow.Table, key) is not { } claim) return null;
        var record = RecordWriter.FindLive(work, claim.RecordKey);
        return record?.ClaimId == key.ClaimId ? new HeldClaim(claim, record) : null;
    }

    /// <summary>
    /// As <see cref="Find"/>, but for the holder, who has the claim only until its lease ends. Otherwise it is the
    /// failure `store.lease_lost`.
    /// </summary>
    public static Outcome<HeldClaim> FindFor(UnitOfWork work, ClaimKey key) =>
        Find(work, key) is { } held && held.Claim.Lease.IsHeld(work.Now)
            ? held
            : ClaimFailures.LeaseLost(key.ClaimId);

    /// <summary>
    /// Gives the record back. What the claim has set in it, and nobody has changed since, becomes what it was before.
    /// </summary>
    public Outcome<RecordRow> GiveBack(
        UnitOfWork work, RecordWriter writer, Actor actor, string action, byte[] salt)
    {
        Claim.Forget(work);
        var json = ClaimUndo.Revert(
            Record.Value, Claim.Undo, isUntouched: Record.UpdatedSeq == Claim.Lease.Fence, writer.MaxBytes);
        return writer.Write(
            work, actor, action, new RecordChangeRequest(Record.Id, RecordValue.Of(json, salt))
            {
                KeepExpiry = true,
                EndsClaim = true,
                // The record only goes back to what it was. It must not stay claimed by nobody because there is no
                // room.
                EvenIfFull = true,
            });
    }
}
