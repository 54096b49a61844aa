using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Identity;

/// <summary>Opens requests by tickets, which stand for a key in one GET.</summary>
internal interface ITickets
{
    /// <summary>
    /// Uses a ticket up; null when it does not open this path, or no longer. It opens what its key may see now, in the
    /// workspace and as the agent for which it was made, as long as the secret holds with which it was made.
    /// </summary>
    ValueTask<Outcome<AdmittedKey>?> UseAsync(string ticket, string path, CancellationToken cancellation);
}
