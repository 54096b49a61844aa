using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Lists records by key, or tells their changes.</summary>
public abstract record RecordListRequest : PageRequest
{
    /// <summary>Only keys that begin so.</summary>
    [InQuery]
    [PrefixForm]
    public string? Prefix { get; init; }

    /// <summary>Whether items carry the values; true by default.</summary>
    [InQuery]
    public bool? Values { get; init; }

    /// <summary>The seq after which changes are told; `now`: after the newest.</summary>
    [InQuery]
    [SeqForm]
    public string? After { get; init; }

    /// <summary>Seconds to hold an answer that would be empty or absent.</summary>
    [InQuery]
    [Range(0, RequestLimits.MaxWaitSeconds)]
    [DefaultValue(0)]
    public long? Wait { get; init; }
}
