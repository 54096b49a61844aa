using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>Removes a key that has come to its end.</summary>
internal sealed class ExpireKey(DueRow item) : DueOperation(item)
{
    public override string Resource => ApiKeyRow.ResourceOf(Item.Resource);

    public override void Reads(ReadSet reads) =>
        reads.Add(ApiKeyRow.Table, new ApiKeyId(Item.WorkspaceId, Item.Resource));

    protected override void Happen(UnitOfWork work)
    {
        var row = work.Get(ApiKeyRow.Table, new ApiKeyId(Item.WorkspaceId, Item.Resource));
        if (row is null || row.Life.ExpireAt != Item.DueAt) return;
        work.Record(Name, Resource, row.Version + 1);
        row.Remove(work);
    }
}
