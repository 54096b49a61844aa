using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Makes a ticket that opens one GET path, once, within 60 seconds.</summary>
public sealed record CreateTicketRequest : IOperationRequest
{
    /// <summary>The most characters of a path; the least is 1.</summary>
    public const int MaxPathLength = 2048;

    /// <summary>
    /// The path of the one GET that the ticket opens, in 1 to 2048 characters, without a query: `/events`.
    /// </summary>
    [StringLength(MaxPathLength, MinimumLength = 1)]
    [PathForm]
    public required string Path { get; init; }
}
