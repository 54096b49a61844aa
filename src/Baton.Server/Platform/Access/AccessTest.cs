using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Access;

/// <summary>
/// Whether an actor may do something to one thing of its own workspace. It is asked of every single thing that a read
/// shows, so it decides by what it is given and looks nothing up.
/// </summary>
/// <param name="actor">Who asks.</param>
/// <param name="action">What is to be done: `stash.read`.</param>
/// <param name="thing">The resource without its type: `market-report` of `stash:market-report`.</param>
internal delegate bool AccessTest(Actor actor, string action, ReadOnlySpan<char> thing);
