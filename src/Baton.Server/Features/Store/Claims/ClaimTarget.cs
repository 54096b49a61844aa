using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Namespaces;

namespace Baton.Server.Features.Store.Claims;

/// <summary>What claims that wait for the same have in common.</summary>
internal readonly record struct ClaimTarget(string WorkspaceId, string Namespace, string Shape, string Matched)
{
    /// <summary>Its records are those of a namespace.</summary>
    public bool IsIn(NamespaceKey namespaceKey) =>
        Namespace == namespaceKey.Namespace && WorkspaceId == namespaceKey.WorkspaceId;

    public static ClaimTarget Of(ClaimShape shape, ClaimableKey key) =>
        new(key.WorkspaceId, key.Namespace, NameOf(shape.Prefix, shape.Pointers), key.Matched);

    /// <summary>Neither part can hold a line break.</summary>
    public static string NameOf(string prefix, IReadOnlyList<string> pointers) =>
        prefix + "\n" + string.Join('\n', pointers);
}
