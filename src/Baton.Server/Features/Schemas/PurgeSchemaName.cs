using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;

namespace Baton.Server.Features.Schemas;

/// <summary>
/// Forgets a name that had no version for long enough, so that it begins with version 1 again. Not in the ledger.
/// </summary>
internal sealed class PurgeSchemaName(DueRow item) : DueOperation(item)
{
    public const string Kind = "schema.purge";

    SchemaNameKey Key => SchemaNameRow.KeyOfDue(Item.WorkspaceId, Item.Resource);

    public override void Reads(ReadSet reads) => reads.Add(SchemaNameRow.Table, Key);

    protected override void Happen(UnitOfWork work)
    {
        if (work.Get(SchemaNameRow.Table, Key)?.Life.PurgeAt == Item.DueAt) work.Delete(SchemaNameRow.Table, Key);
    }
}
