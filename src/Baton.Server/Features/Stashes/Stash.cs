using Baton.Contracts;
using Baton.Server.Features.Stashes.Lifetimes;
using Baton.Server.Platform.Commits.Lifetimes;

namespace Baton.Server.Features.Stashes;

/// <summary>What all use cases of stashes share.</summary>
internal static class Stash
{
    public static readonly Lifetime Lifetime = new(ExpireStash.Kind, PurgeStash.Kind);

    public static string ResourceOf(string name) => ResourceName.Of(StashType.Name, name);

    public static string DigestText(byte[] digest) => "sha256:" + Convert.ToHexStringLower(digest);
}
