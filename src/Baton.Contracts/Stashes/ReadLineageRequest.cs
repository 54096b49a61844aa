using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>Tells what a stash was made from and what was made from it.</summary>
public sealed record ReadLineageRequest : StashReadRequest
{
    /// <summary>Steps in each direction without a depth.</summary>
    public const int DefaultDepth = 3;

    /// <summary>Steps in each direction, from 1.</summary>
    public const int MaxDepth = 10;

    /// <summary>Steps in each direction.</summary>
    [InQuery]
    [Range(1, MaxDepth)]
    [DefaultValue(DefaultDepth)]
    public long? Depth { get; init; }
}
