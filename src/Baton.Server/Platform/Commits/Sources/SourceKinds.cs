using Baton.Contracts.Errors;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Platform.Commits.Sources;

/// <summary>Which things can be sources: the types that have declared how.</summary>
/// <param name="kinds">By type.</param>
/// <param name="permissions">What is not there for an actor is no source of what it writes.</param>
internal sealed class SourceKinds(IEnumerable<KeyValuePair<string, SourceKind>> kinds, Permissions permissions)
{
    readonly Dictionary<string, SourceKind> _kinds = new(kinds, StringComparer.Ordinal);

    public void Read(Provenance provenance, string workspaceId, ReadSet reads)
    {
        foreach (var source in provenance.Sources)
        {
            if (_kinds.TryGetValue(source.Type, out var kind)) kind.Read(reads, workspaceId, source.Id);
        }
    }

    /// <summary>Every source with its version; or the failure that names those that do not exist.</summary>
    /// <param name="provenance">The sources as they were named.</param>
    /// <param name="operation">What is made of them, and by whom.</param>
    /// <param name="work">The rows.</param>
    public Outcome<IReadOnlyList<SourceReference>> Resolve(
        Provenance provenance, Operation operation, UnitOfWork work)
    {
        if (provenance.Sources.Count == 0) return Outcome.Of<IReadOnlyList<SourceReference>>([]);
        var errors = new InputErrors();
        var resolved = new List<SourceReference>();
        foreach (var source in provenance.Sources)
        {
            var version = VersionOf(source, operation, work);
            if (version is null || source.Version > version)
                errors.Add(
                    ErrorCodes.LineageUnknownSource, "/sources",
                    $"{source.Resource}{(source.Version is { } wanted ? $"@{wanted}" : "")} does not exist.");
            else resolved.Add(source with { Version = source.Version ?? version });
        }

        return errors.Any
            ? errors.ToFailure() with { IsOfRequest = true }
            : Outcome.Of<IReadOnlyList<SourceReference>>(resolved);
    }

    long? VersionOf(SourceReference source, Operation operation, UnitOfWork work)
    {
        var actor = operation.Actor;
        return _kinds.TryGetValue(source.Type, out var kind)
            && permissions.Filter(actor, actor.WorkspaceId, operation.Name, source.Resource)
                ? kind.Version(work, actor.WorkspaceId, source.Id)
                : null;
    }
}
