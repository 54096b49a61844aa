using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Features.Stashes.Lineages;

/// <summary>Tells what a stash was made from and what was made from it.</summary>
internal static class GetLineage
{
    const int MaxNodes = 1000;

    public const string Action = "stash.lineage";

    public static ReadSpec SpecOf(StashFinder finder) => new ReadSpec<ReadLineageRequest, Lineage>(
        Action, "Tells what a stash was made from and what was made from it.",
        (caller, request) => ReadAsync(
            caller, finder, request.Name, (int)(request.Depth ?? ReadLineageRequest.DefaultDepth)))
    {
        Description = """
            Follows `Baton-Sources` in both directions from every version of the stash, at most `depth` steps. An edge
            is told as long as the version that was made is kept; what it was made of may be gone.
            """,
        Role = Role.Reader,
        Resource = (request, _) => Stash.ResourceOf(request.Name),
        Found = "The graph.",
        Errors = [ErrorCodes.StashNotFound],
    };

    /// <summary>The graph, up to so many steps in both directions.</summary>
    static async ValueTask<Outcome<Lineage>> ReadAsync(
        Caller caller, StashFinder finder, string name, int depth)
    {
        caller.Look();
        if (!MaySee(caller, Stash.ResourceOf(name))
            || await finder.FindAsync(caller.WorkspaceId, name, caller.Aborted) is not { } stash)
            return StashFailures.NotFound(name);
        var graph = new Graph();
        graph.Describe(
            stash.Resource, stash.Version, stash.UpdatedBy, await ModelOfAsync(finder, stash, caller), stash.UpdatedAt);
        await WalkAsync(caller, graph, stash.Resource, depth, towardsSources: true);
        await WalkAsync(caller, graph, stash.Resource, depth, towardsSources: false);
        await DescribeStashesAsync(caller, graph, finder);
        return graph.ToLineage();
    }

    /// <summary>Adds the writer to versions that were made from nothing, if they are kept.</summary>
    static async ValueTask DescribeStashesAsync(Caller caller, Graph graph, StashFinder finder)
    {
        foreach (var (name, version) in graph.Undescribed(Stash.ResourceOf("")))
        {
            if (await finder.FindAsync(caller.WorkspaceId, name, caller.Aborted) is not { } stash) continue;
            if (await finder.ReadAuthorAsync(stash, version, caller.Aborted) is not { } author) continue;
            graph.Describe(Stash.ResourceOf(name), version, author.By, author.Model, author.At);
        }
    }

    static async ValueTask<string?> ModelOfAsync(StashFinder finder, StashRow stash, Caller caller) =>
        (await finder.ReadContentAsync(stash, caller.Aborted))?.Model;

    /// <summary>
    /// Walks the graph breadth first. It begins with all versions of the stash, and follows single versions from there
    /// on.
    /// </summary>
    static async ValueTask WalkAsync(Caller caller, Graph graph, string resource, int depth, bool towardsSources)
    {
        var frontier = new List<(string Resource, long? Version)> { (resource, null) };
        var seen = new HashSet<(string, long?)>();
        for (var step = 0; step <= depth && frontier.Count > 0; step++)
        {
            var next = new List<(string, long?)>();
            foreach (var place in frontier.Where(seen.Add))
            {
                foreach (var edge in await ReadEdgesAsync(caller, place.Resource, place.Version, towardsSources))
                {
                    if (!MaySee(caller, edge.Source) || !MaySee(caller, edge.Target)) continue;
                    // The step beyond the depth is only looked at, to tell whether there is more.
                    if (step == depth || !graph.Add(edge, MaxNodes))
                    {
                        graph.IsTruncated = true;
                        return;
                    }

                    next.Add(towardsSources ? (edge.Source, edge.SourceVersion) : (edge.Target, edge.TargetVersion));
                }
            }

            frontier = next;
        }
    }

    static ValueTask<List<LineageRow>> ReadEdgesAsync(
        Caller caller, string resource, long? version, bool towardsSources) =>
        caller.Reads.ReadAsync(
            (caller.WorkspaceId, resource, version, towardsSources), static async (session, place, token) =>
            {
                var command = session.Command(
                    place.towardsSources ? SelectSources : SelectTargets,
                    ("@workspace_id", place.WorkspaceId), ("@resource", place.resource),
                    ("@from", place.version ?? 0), ("@to", place.version ?? long.MaxValue), ("@limit", MaxNodes + 1L));
                var rows = new List<LineageRow>();
                await using var reader = await command.ExecuteReaderAsync(token);
                while (await reader.ReadAsync(token)) rows.Add(LineageRow.Table.Read(reader));
                return rows;
            }, caller.Aborted);

    const string SelectSources = """
        SELECT workspace_id, target, target_version, source, source_version, made_by, model, made_at FROM lineage
        WHERE workspace_id = @workspace_id AND target = @resource AND target_version >= @from AND target_version <= @to
        ORDER BY target_version DESC, source, source_version LIMIT @limit
        """;

    const string SelectTargets = """
        SELECT workspace_id, target, target_version, source, source_version, made_by, model, made_at FROM lineage
        WHERE workspace_id = @workspace_id AND source = @resource AND source_version >= @from AND source_version <= @to
        ORDER BY source_version DESC, target, target_version LIMIT @limit
        """;

    static bool MaySee(Caller caller, string resource) => caller.MaySee(Action, resource);

    /// <summary>The nodes and edges found so far.</summary>
    sealed class Graph
    {
        readonly Dictionary<string, LineageNode> _nodes = [];
        readonly HashSet<LineageEdge> _edges = [];

        public bool IsTruncated { get; set; }

        /// <summary>Adds an edge with its nodes. False if there is no room for it.</summary>
        public bool Add(LineageRow edge, int maxNodes)
        {
            if (_nodes.Count >= maxNodes) return false;
            _nodes.TryAdd(IdOf(edge.Source, edge.SourceVersion), new LineageNode(
                IdOf(edge.Source, edge.SourceVersion), edge.Source, edge.SourceVersion, By: null, Model: null,
                At: null));
            Describe(edge.Target, edge.TargetVersion, edge.MadeBy, edge.Model, edge.MadeAt);
            _edges.Add(new LineageEdge(IdOf(edge.Source, edge.SourceVersion), IdOf(edge.Target, edge.TargetVersion)));
            return true;
        }

        public void Describe(string resource, long version, string by, string? model, long at) =>
            _nodes[IdOf(resource, version)] =
                new LineageNode(IdOf(resource, version), resource, version, by, model, Micros.ToTime(at));

        /// <summary>
        /// The ids and versions of the things of a type of which only the place in the graph is known.
        /// </summary>
        public List<(string Id, long Version)> Undescribed(string prefix) =>
        [
            .. _nodes.Values
                .Where(node => node.By is null && node.Resource.StartsWith(prefix, StringComparison.Ordinal))
                .Select(node => (node.Resource[prefix.Length..], node.Version)),
        ];

        public Lineage ToLineage() => new(
            [.. _nodes.Values.OrderBy(node => node.Resource, StringComparer.Ordinal).ThenBy(node => node.Version)],
            [
                .. _edges.OrderBy(edge => edge.Target, StringComparer.Ordinal)
                    .ThenBy(edge => edge.Source, StringComparer.Ordinal),
            ],
            IsTruncated);

        static string IdOf(string resource, long version) => $"{resource}@{version}";
    }
}
