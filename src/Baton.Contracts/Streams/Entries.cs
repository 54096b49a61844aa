using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Streams;

/// <summary>One entry to append; the body of `POST /stream/{id}` is one of these, or an array of 1 to 1 000.</summary>
public sealed record AppendEntry
{
    /// <summary>Any JSON value, `null` too; kept as it is: digits of numbers, order of members, white space.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>What readers select by: 1 to 128 characters without controls; null for none.</summary>
    [StringLength(128, MinimumLength = 1)]
    public string? Label { get; init; }
}

/// <summary>The answer to an append.</summary>
public sealed record Appended : Committed
{
    /// <summary>The id of the stream.</summary>
    public required string StreamId { get; init; }

    /// <summary>The entry; of several, the last. Entries count 1, 2, 3 … in a stream, without gaps.</summary>
    public required long EntryId { get; init; }

    /// <summary>The first of the entries that were appended.</summary>
    public required long First { get; init; }

    /// <summary>The last of the entries that were appended.</summary>
    public required long Last { get; init; }

    /// <summary>How many entries were appended.</summary>
    public required long Count { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that appended them, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }
}

/// <summary>One entry of a stream.</summary>
public sealed record StreamEntry
{
    /// <summary>1, 2, 3 … in the stream, without gaps.</summary>
    public required long EntryId { get; init; }

    /// <summary>What it was labelled with; null for none.</summary>
    public required string? Label { get; init; }

    /// <summary>The JSON value as it was appended, byte for byte; in event streams on one line.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>When it was appended.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that appended it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The commit, and ledger entry, that appended it.</summary>
    public required long Seq { get; init; }

    /// <summary>
    /// With `full=true`, on the first entry of every append: the salt of the ledger's commitment, which is
    /// SHA-256(salt ‖ data), the data of several entries joined by commas.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [RegularExpression(WirePatterns.SixteenBytes)]
    public string? Salt { get; init; }
}

/// <summary>A page of a stream.</summary>
/// <param name="Items">Oldest first; at most `limit`, and at most 4 MiB.</param>
/// <param name="NextAfter">
/// Give it as `after`, as it is, to go on: it has moved over what the label left out. It names the stream, and a stream
/// that was created anew under the same name refuses it.
/// </param>
public sealed record StreamPage(IReadOnlyList<StreamEntry> Items, string NextAfter);

/// <summary>What a join found.</summary>
/// <param name="Complete">There are as many as were asked for.</param>
/// <param name="Entries">The first of them, oldest first.</param>
/// <param name="NextAfter">
/// The place of the last entry looked at: give it as `after`, as it is, to wait for the next ones.
/// </param>
public sealed record StreamJoin(bool Complete, IReadOnlyList<StreamEntry> Entries, string NextAfter);

/// <summary>The body of `PUT /stream/{id}/cursors/{consumer}`.</summary>
public sealed record SetCursorRequest
{
    /// <summary>The last entry that the consumer is done with; 0 for none. It may be moved backwards.</summary>
    public required long EntryId { get; init; }
}

/// <summary>A reader's place in a stream, kept by the server.</summary>
/// <param name="Consumer">The reader's name, unique in the stream.</param>
/// <param name="EntryId">The last entry that it is done with.</param>
/// <param name="UpdatedAt">When it was set.</param>
/// <param name="UpdatedBy">The agent that set it, or the key where no agent was named.</param>
public sealed record StreamCursor(string Consumer, long EntryId, DateTimeOffset UpdatedAt, string UpdatedBy);
