using System.ComponentModel;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Events;

/// <summary>Hashes the workspace's ledger anew and names what is broken.</summary>
public sealed record VerifyLedgerRequest : IReadRequest
{
    /// <summary>Where a check begins that names no `from`.</summary>
    public const int DefaultFrom = 1;

    /// <summary>The seq of the first entry to check, from 1.</summary>
    [InQuery]
    [AtLeast(1)]
    [DefaultValue(DefaultFrom)]
    public long? From { get; init; }

    /// <summary>The seq of the last entry to check, from 1. Without it: the newest.</summary>
    [InQuery]
    [AtLeast(1)]
    public long? To { get; init; }

    /// <summary>The seq of an entry that you kept, from 1; its hash is given by `expect_hash`.</summary>
    [InQuery]
    [AtLeast(1)]
    public long? ExpectSeq { get; init; }

    /// <summary>The hash that you kept of the entry `expect_seq`: 64 hex digits.</summary>
    [InQuery]
    [HashForm]
    public string? ExpectHash { get; init; }
}
