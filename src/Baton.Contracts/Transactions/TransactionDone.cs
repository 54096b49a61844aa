using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Contracts.Transactions;

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
