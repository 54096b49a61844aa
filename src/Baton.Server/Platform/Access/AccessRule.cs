using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Access;

/// <summary>
/// Who may see and who may write the things of one type, beyond what workspace and role say. The name of a resource
/// tells: so it is known of every ledger entry, old ones and those of deleted things too.
/// </summary>
internal sealed record AccessRule
{
    /// <summary>What the workspace shares: whoever has the role sees it and writes it.</summary>
    public static readonly AccessRule Shared = new();

    /// <summary>Of a type that nobody has declared, such as one of a later version of the server.</summary>
    public static readonly AccessRule Undeclared = new()
    {
        MaySee = static (actor, _, _) => actor.Role >= Role.Admin,
        MayWrite = static (actor, _, _) => actor.Role >= Role.Admin,
        Writers = "admins: this server does not know such things",
    };

    /// <summary>For whom a thing is there at all.</summary>
    public AccessTest MaySee { get; init; } = static (_, _, _) => true;

    /// <summary>Who may do to a thing what changes it.</summary>
    public AccessTest MayWrite { get; init; } = static (_, _, _) => true;

    /// <summary>Who may write, as a refusal ends that says for whom a thing is.</summary>
    public string Writers { get; init; } = "others";
}
