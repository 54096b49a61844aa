using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Schemas;

/// <summary>
/// The limits of schemas: the one that an operator sets (see <see cref="BatonOptions"/> for default and
/// range), and those that are fixed. What a definition and a document may cause is bounded by <see
/// cref="JsonSchema.SchemaSettings"/>. docs/limits.md tells what happens beyond each.
/// </summary>
/// <param name="WorkspaceBytes">Bytes of all that a workspace holds, not of schemas alone.</param>
internal sealed record SchemaOptions(long WorkspaceBytes)
{
    /// <summary>Versions of one name that are there at a time.</summary>
    public const int MaxVersions = 256;

    /// <summary>Schemas that one definition refers to, directly or through others.</summary>
    public const int MaxReferences = 64;

    /// <summary>Bytes of a definition with all that it refers to, directly or through others.</summary>
    public const int MaxReferencedBytes = 4 * 1024 * 1024;

    /// <summary>Characters of an absolute URI that a schema has as its `$id`, or is referred to by.</summary>
    public const int MaxUriLength = 512;

    /// <summary>Bytes that a version counts besides its definition, for the bytes of the workspace.</summary>
    public const int CountedBytes = 1024;
}
