using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;

namespace Baton.Server.Features.Store.Records.Lifetimes;

/// <summary>Ends a record whose time is over: `store.expire` or `state.expire`, by the actor `system`.</summary>
internal sealed class ExpireRecord(DueRow item) : DueOperation(item)
{
    public const string Kind = "store.expire";

    RecordKey Key => RecordKey.FromDue(Item.WorkspaceId, Item.Resource);

    public override string Name => RecordSpace.Of(Key.Namespace).Action("expire");

    public override string Resource => Key.Resource;

    public override void Reads(ReadSet reads) => RecordWriter.Read(reads, Key);

    protected override void Happen(UnitOfWork work)
    {
        var namespaceRow = work.Get(NamespaceRow.Table, Key.NamespaceKey);
        var row = work.Get(RecordRow.Table, Key);
        if (row?.IsCleared(namespaceRow) == false && row.Life.ExpireAt == Item.DueAt)
            RecordWriter.Erase(work, Actor, Name, row);
    }
}
