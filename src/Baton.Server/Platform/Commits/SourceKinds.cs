using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Lane;

namespace Baton.Server.Platform.Commits;

/// <summary>Which things can be sources; every feature registers its own. Complete before the first request.</summary>
internal sealed class SourceKinds
{
    readonly Dictionary<string, SourceKind> _kinds = [];

    public void Add(string type, SourceKind kind) => _kinds.Add(type, kind);

    public void Read(Provenance provenance, string workspaceId, ReadSet reads)
    {
        foreach (var source in provenance.Sources)
        {
            if (_kinds.TryGetValue(source.Type, out var kind)) kind.Read(reads, workspaceId, source.Id);
        }
    }

    /// <summary>Every source with its version; or the failure that names those that do not exist.</summary>
    public Outcome<IReadOnlyList<SourceReference>> Resolve(Provenance provenance, string workspaceId, UnitOfWork work)
    {
        if (provenance.Sources.Count == 0) return Outcome.Of<IReadOnlyList<SourceReference>>([]);
        var errors = new InputErrors();
        var resolved = new List<SourceReference>();
        foreach (var source in provenance.Sources)
        {
            var version = _kinds.TryGetValue(source.Type, out var kind) ? kind.Version(work, workspaceId, source.Id)
                : null;
            if (version is null || source.Version > version)
                errors.Add(
                    ErrorCodes.LineageUnknownSource, "header:Baton-Sources",
                    $"{source.Resource}{(source.Version is { } wanted ? $"@{wanted}" : "")} does not exist.");
            else resolved.Add(source with { Version = source.Version ?? version });
        }

        return errors.Any ? errors.ToFailure() : Outcome.Of<IReadOnlyList<SourceReference>>(resolved);
    }
}
