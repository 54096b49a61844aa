namespace Baton.Contracts.Identity;

/// <summary>A ticket: stands for the caller's key in one GET.</summary>
/// <param name="Ticket">Give it as `?ticket=`.</param>
/// <param name="Path">The path that it opens.</param>
/// <param name="ExpiresAt">60 seconds after it was made; using it ends it as well.</param>
public sealed record TicketCreated(string Ticket, string Path, DateTimeOffset ExpiresAt);
