using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Lists the workspaces of the server.</summary>
public sealed record ListWorkspacesRequest : PageRequest;
