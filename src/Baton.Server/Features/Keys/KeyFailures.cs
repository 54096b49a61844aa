using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

internal static class KeyFailures
{
    public static Failure NotFound(string keyId) =>
        new(ErrorCodes.KeyNotFound, $"There is no key {InputText.Shorten(keyId)}.");

    public static Failure RoleTooHigh(Actor actor, ApiKeyRow row) => new(
        ErrorCodes.AccessDenied,
        $"A key of role {Roles.NameOf(actor.Role)} cannot change one of role {Roles.NameOf(row.Role)}.");
}
