using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Makes a workspace and its first admin key.</summary>
public sealed record CreateWorkspaceRequest : IOperationRequest
{
    /// <summary>
    /// The name: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an id (str_, key_, …). A name
    /// that another workspace of the server has is a 409 `workspace.name_taken`.
    /// </summary>
    [NameForm]
    public required string Name { get; init; }
}
