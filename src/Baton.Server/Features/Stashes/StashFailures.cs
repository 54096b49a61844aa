using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Stashes;

/// <summary>Failures that several use cases answer.</summary>
internal static class StashFailures
{
    public static Failure NotFound(string name) => new(ErrorCodes.StashNotFound, $"There is no stash {name}.");

    public static Failure VersionNotFound(string name, long version) =>
        new(ErrorCodes.StashVersionNotFound, $"Version {version} of the stash {name} is not kept.");
}
