using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Identity;

/// <summary>Opens requests by tickets, which stand for a key in one GET.</summary>
internal interface ITickets
{
    /// <summary>
    /// Uses a ticket up; null if it does not open this path, or has ended. The request may do what the ticket's key may
    /// do now, in the workspace and as the agent for which the ticket was made, as long as the secret is valid with
    /// which it was made.
    /// </summary>
    ValueTask<Outcome<AdmittedKey>?> UseAsync(string ticket, string path, CancellationToken cancellation);
}
