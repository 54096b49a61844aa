using Baton.Contracts;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Stashes;

/// <summary>What is the same for every use case of stashes.</summary>
internal static class Stash
{
    /// <summary>Thirty days: so long a deleted stash's version goes on if it is re-created.</summary>
    public const long TombstoneMicros = 30L * 24 * 3600 * Micros.PerSecond;

    public static string ResourceOf(string name) => ResourceName.Of(StashType.Name, name);

    public static string DigestText(byte[] digest) => "sha256:" + Convert.ToHexStringLower(digest);
}
