using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Makes a ticket that opens one GET path, once, within 60 seconds.</summary>
public sealed record CreateTicketRequest : IOperationRequest
{
    /// <summary>Characters of a path, from 1.</summary>
    public const int MaxPathLength = 2048;

    /// <summary>The path of the one GET that the ticket opens, without query: `/events`.</summary>
    [StringLength(MaxPathLength, MinimumLength = 1)]
    [PathForm]
    public required string Path { get; init; }
}
