using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Contracts.Transactions;

/// <summary>The body of `POST /transaction`.</summary>
public sealed record TransactionRequest
{
    /// <summary>1 to 100 operations, decided in this order; each sees what those before it did.</summary>
    [Length(1, MaxOperations)]
    public required IReadOnlyList<JsonElement> Operations { get; init; }

    /// <summary>More operations are refused.</summary>
    public const int MaxOperations = 100;
}

/// <summary>One operation of a transaction: its name and the fields of its request.</summary>
public abstract record TransactionOperation
{
    /// <summary>The operation's name.</summary>
    [JsonPropertyOrder(-1)]
    public required string Op { get; init; }
}

/// <summary>The answer to a transaction: everything in it is one commit.</summary>
public sealed record TransactionDone : Committed
{
    /// <summary>One for each operation, in their order: what its own route would answer.</summary>
    [JsonConverter(typeof(CommittedListConverter))]
    public required IReadOnlyList<Committed> Results { get; init; }

    /// <inheritdoc/>
    public override Committed At(long seq) => this with
    {
        Seq = seq,
        Results = [.. Results.Select(result => result.At(seq))],
    };
}

/// <summary>Writes each answer as what it is. Answers of different kinds cannot be told apart when read.</summary>
public sealed class CommittedListConverter : JsonConverter<IReadOnlyList<Committed>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<Committed> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The kind of each result follows from its operation: read it as JSON.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<Committed> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        writer.WriteStartArray();
        foreach (var result in value) JsonSerializer.Serialize(writer, result, options.GetTypeInfo(result.GetType()));
        writer.WriteEndArray();
    }
}
