using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Namespaces;

namespace Baton.Server.Features.Store.Claims;

/// <summary>What claims have in common that wait for the same records: each target has a line of waiters.</summary>
internal readonly record struct ClaimTarget(string WorkspaceId, string Namespace, string Shape, string Matched)
{
    /// <summary>Whether the records of the target belong to a namespace.</summary>
    public bool IsIn(NamespaceKey namespaceKey) =>
        Namespace == namespaceKey.Namespace && WorkspaceId == namespaceKey.WorkspaceId;

    public static ClaimTarget Of(ClaimShape shape, ClaimableKey key) =>
        new(key.WorkspaceId, key.Namespace, NameOf(shape.Prefix, shape.Pointers), key.Matched);

    /// <summary>The name of a shape by what it compares. Neither part can contain a line break.</summary>
    public static string NameOf(string prefix, IReadOnlyList<string> pointers) =>
        prefix + "\n" + string.Join('\n', pointers);
}
