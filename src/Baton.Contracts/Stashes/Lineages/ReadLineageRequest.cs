using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>Tells what a stash was made from and what was made from it.</summary>
public sealed record ReadLineageRequest : StashReadRequest
{
    /// <summary>The steps in each direction where the request names no depth.</summary>
    public const int DefaultDepth = 3;

    /// <summary>The most steps in each direction; the least is 1.</summary>
    public const int MaxDepth = 10;

    /// <summary>How many steps to go in each direction, from 1 to 10.</summary>
    [InQuery]
    [Range(1, MaxDepth)]
    [DefaultValue(DefaultDepth)]
    public long? Depth { get; init; }
}
