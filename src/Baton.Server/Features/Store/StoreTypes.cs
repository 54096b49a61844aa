using Baton.Contracts;
using Baton.Server.Features.Store.Claims;
using Baton.Server.Features.Store.Records;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits.Sources;
using Baton.Server.Platform.Resources;

namespace Baton.Server.Features.Store;

/// <summary>What records, the state of agents and claims are to the rest of the server.</summary>
internal static class StoreTypes
{
    public static ResourceType Record { get; } = new(RecordSpace.Store.Name, AccessRule.Shared)
    {
        Source = SourceOf(RecordSpace.Store),
        Check = RecordCheck.RunAsync,
    };

    public static ResourceType State { get; } = new(RecordSpace.State.Name, AgentResource.Rule)
    {
        Source = SourceOf(RecordSpace.State),
    };

    public static ResourceType Claim { get; } = new(ClaimRow.ResourceType, AccessRule.Shared);

    static SourceKind SourceOf(RecordSpace space) => new(
        (reads, workspaceId, id) =>
        {
            if (KeyOf(space, workspaceId, id) is { } key) RecordWriter.Read(reads, key);
        },
        (work, workspaceId, id) => KeyOf(space, workspaceId, id) is { } key
            ? RecordWriter.FindLive(work, key)?.Version
            : null);

    /// <summary>
    /// `store:files:repo/a.py`: the first slash ends the namespace, `files:repo`. Null for an id that no record can
    /// have.
    /// </summary>
    static RecordKey? KeyOf(RecordSpace space, string workspaceId, string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return null;
        var (name, key) = (ResourceName.Decode(id[..slash]), ResourceName.Decode(id[(slash + 1)..]));
        var errors = new InputErrors();
        RecordNames.CheckNamespace(name, "", errors);
        RecordNames.CheckKey(key, "", errors);
        return errors.Any ? null : new RecordKey(workspaceId, space.StoredNamespace(name), key);
    }
}
