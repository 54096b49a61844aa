namespace Baton.Server.Features.Schemas;

/// <summary>The limits of schemas. The bytes of definitions count to those of the workspace.</summary>
/// <param name="WorkspaceBytes">Content of a workspace.</param>
internal sealed record SchemaOptions(long WorkspaceBytes)
{
    /// <summary>The most that a version has on the wire besides its definition, if its text is all controls.</summary>
    public const int BytesPerInfo = 7_000;

    public const int MaxDescriptionLength = 1024;

    /// <summary>Versions of one name that are there at a time.</summary>
    public const int MaxVersions = 256;

    /// <summary>Schemas that one definition refers to, directly or through others.</summary>
    public const int MaxReferences = 64;

    /// <summary>A definition with all that it refers to.</summary>
    public const int MaxReferencedBytes = 4 * 1024 * 1024;

    public const int MaxUriLength = 512;

    /// <summary>What a version counts besides its definition.</summary>
    public const int CountedBytes = 1024;
}
