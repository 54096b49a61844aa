using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>The grace of a rotated secret is over. Authentication knows by itself; this forgets its hash.</summary>
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
