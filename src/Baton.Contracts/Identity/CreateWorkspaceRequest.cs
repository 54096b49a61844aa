using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Makes a workspace and its first admin key.</summary>
public sealed record CreateWorkspaceRequest : IOperationRequest
{
    /// <summary>`[A-Za-z0-9._-]{1,128}`, unique on the server.</summary>
    [NameForm]
    public required string Name { get; init; }
}
