using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Lists the keys of the workspace, by id, without secrets.</summary>
public sealed record ListKeysRequest : PageRequest;
