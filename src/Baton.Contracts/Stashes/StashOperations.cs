using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;
using Baton.Contracts.Transactions;

namespace Baton.Contracts.Stashes;

/// <summary>What operations on one stash have in common.</summary>
public abstract record StashOperation : TransactionOperation
{
    /// <summary>The stash's name.</summary>
    [JsonPropertyOrder(-1)]
    [RegularExpression(WirePatterns.Name)]
    public required string Name { get; init; }

    /// <summary>Only if it has this version; 0: only if it is absent. Null: whatever it has.</summary>
    [JsonPropertyOrder(100)]
    public long? IfVersion { get; init; }
}

/// <summary>What operations that write content have in common.</summary>
public abstract record StashWriteOperation : StashOperation
{
    /// <summary>The model that made it, 1 to 128 visible ASCII characters; null for none.</summary>
    [JsonPropertyOrder(90)]
    [StringLength(128, MinimumLength = 1)]
    public string? Model { get; init; }

    /// <summary>What it was made of, at most 64: `stash:research@3`, or without a version that at commit.</summary>
    [JsonPropertyOrder(91)]
    public IReadOnlyList<string>? Sources { get; init; }
}

/// <summary>Content in JSON: one of `content` and `content_base64`.</summary>
public abstract record StashContentOperation : StashWriteOperation
{
    /// <summary>The content as text, stored in UTF-8; may be empty.</summary>
    public string? Content { get; init; }

    /// <summary>The content as bytes, in base64 (RFC 4648, section 4).</summary>
    public string? ContentBase64 { get; init; }

    /// <summary>
    /// 1 to 255 visible ASCII characters; null: `text/plain; charset=utf-8`, of bytes `application/octet-stream`.
    /// </summary>
    [StringLength(255, MinimumLength = 1)]
    public string? ContentType { get; init; }
}

/// <summary>Writes a stash, creating it if it is absent.</summary>
public sealed record PutStashOperation : StashContentOperation
{
    /// <summary>Seconds until the stash ends; null: never.</summary>
    [Range(1, 315_360_000)]
    public long? Ttl { get; init; }

    /// <summary>Whether discovery shows it; null: stays as it is, false at first.</summary>
    public bool? Discoverable { get; init; }

    /// <summary>
    /// Binds the stash to a schema, `sch_…`, that the content must fit; empty: unbinds it; null: stays as it is.
    /// </summary>
    [StringLength(64)]
    public string? SchemaId { get; init; }
}

/// <summary>Appends to a stash, creating it if it is absent.</summary>
public sealed record AppendStashOperation : StashContentOperation;

/// <summary>Replaces a text in a stash by another.</summary>
public sealed record ReplaceInStashOperation : StashWriteOperation
{
    /// <summary>The text to find; at least one character.</summary>
    [MinLength(1)]
    public required string Old { get; init; }

    /// <summary>The text to put in its place; may be empty.</summary>
    public required string New { get; init; }

    /// <summary>Replace every occurrence; without it several are a 409.</summary>
    public bool All { get; init; }
}

/// <summary>Deletes a stash and erases all its versions.</summary>
public sealed record DeleteStashOperation : StashOperation;
