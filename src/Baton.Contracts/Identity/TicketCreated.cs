namespace Baton.Contracts.Identity;

/// <summary>A ticket, which stands for the caller's key in one GET.</summary>
/// <param name="Ticket">The ticket, `tkt_…`. The GET takes it as `?ticket=`.</param>
/// <param name="Path">The path that the ticket opens.</param>
/// <param name="ExpiresAt">
/// When the ticket ends, which is 60 seconds after it was made. Being used ends it as well.
/// </param>
public sealed record TicketCreated(string Ticket, string Path, DateTimeOffset ExpiresAt);
