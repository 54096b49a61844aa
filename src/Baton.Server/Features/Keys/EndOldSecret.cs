using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>
/// Forgets the hash of a rotated secret whose grace is over. Authentication has refused it since then.
/// </summary>
internal sealed class EndOldSecret(DueRow item) : DueOperation(item)
{
    public override void Reads(ReadSet reads) =>
        reads.Add(ApiKeyRow.Table, new ApiKeyId(Item.WorkspaceId, Item.Resource));

    protected override void Happen(UnitOfWork work)
    {
        var row = work.Get(ApiKeyRow.Table, new ApiKeyId(Item.WorkspaceId, Item.Resource));
        if (row is null || row.OldSecretUntil != Item.DueAt) return;
        row.EndOldSecret(work);
        work.Put(ApiKeyRow.Table, row with { OldSecretHash = null, OldSecretUntil = null });
    }
}
