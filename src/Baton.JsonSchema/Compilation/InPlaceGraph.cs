using Baton.JsonSchema.Checks;
using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Compilation;

/// <summary>
/// Which schema applies which others to the same value: through `$ref`, `allOf`, `if` and the like. A loop in it would
/// never come to an end. Dynamic references are not in it, as they go somewhere else each time: the depth of an
/// evaluation is bounded as well.
/// </summary>
internal sealed class InPlaceGraph
{
    readonly Dictionary<SchemaNode, List<SchemaNode>> _edges = [];

    public void Add(SchemaNode from, SchemaNode to)
    {
        if (!_edges.TryGetValue(from, out var targets)) _edges.Add(from, targets = []);
        targets.Add(to);
    }

    /// <summary>
    /// The search goes depth first, with a stack of its own, because chains of references can be long.
    /// </summary>
    public void FindLoops(FaultList faults)
    {
        var isDone = new Dictionary<SchemaNode, bool>();
        var path = new Stack<(SchemaNode Node, int NextEdge)>();
        foreach (var start in _edges.Keys)
        {
            if (isDone.TryAdd(start, false)) path.Push((start, 0));
            while (path.TryPop(out var step))
            {
                var targets = _edges.GetValueOrDefault(step.Node);
                if (targets is null || step.NextEdge == targets.Count)
                {
                    isDone[step.Node] = true;
                    continue;
                }

                path.Push((step.Node, step.NextEdge + 1));
                var target = targets[step.NextEdge];
                if (isDone.TryAdd(target, false))
                    path.Push((target, 0));
                else if (!isDone[target])
                    Refuse(step.Node.Place, target.Place, faults);
            }
        }
    }

    static void Refuse(SchemaPlace from, SchemaPlace to, FaultList faults) => faults.Add(
        from.Resource.Document,
        from.Pointer,
        $"This schema leads back to '{to}' without going into the document: it would never end. "
        + "Put it under properties or items.");
}
