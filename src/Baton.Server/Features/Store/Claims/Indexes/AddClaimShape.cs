using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Features.Store.Claims.Indexes;

/// <summary>
/// Adds a shape to a namespace. From this commit on every write of a record keeps it. It is derived from the records,
/// so it is not in the ledger.
/// </summary>
internal sealed class AddClaimShape(NamespaceKey namespaceKey, ClaimMatch match) : Operation
{
    public override string Name => "store.add_shape";

    public override string Resource => RecordSpace.ResourceOf(namespaceKey.Namespace, "");

    public override void Reads(ReadSet reads) => reads.Add(NamespaceRow.Table, namespaceKey);

    public override Decision Decide(UnitOfWork work)
    {
        var row = work.Get(NamespaceRow.Table, namespaceKey);
        // The namespace has no record yet: its row comes with the first one.
        if (row is null || row.Shapes.Find(match) is not null) return new Effect(Answer: null);
        var shapes = row.Shapes;
        if (shapes.All.Count >= ClaimShapes.MaxCount)
        {
            shapes = shapes.Without(shape => work.Now - shape.UsedAt > ClaimBuilder.UnusedMicros);
            if (shapes.All.Count >= ClaimShapes.MaxCount) return ClaimFailures.TooManyShapes();
            foreach (var gone in row.Shapes.All.Except(shapes.All))
                EraseClaimIndex.Schedule(work, namespaceKey, gone.Number);
        }

        work.Put(NamespaceRow.Table, row with
        {
            Shapes = shapes.With(new ClaimShape(
                row.Shapes.NextNumber(work.Now), match.Prefix, match.Pointers, BuiltTo: "", work.Now)),
        });
        return new Effect(Answer: null);
    }
}
