using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Contracts.Transactions;

/// <summary>The answer to a transaction. All of it is one commit.</summary>
public sealed record TransactionDone : Committed
{
    /// <summary>
    /// One answer for each operation, in the order of the request: the one that its own route would give.
    /// </summary>
    [JsonConverter(typeof(CommittedListConverter))]
    public required IReadOnlyList<Committed> Results { get; init; }

    /// <inheritdoc/>
    public override Committed At(long seq) => this with
    {
        Seq = seq,
        Results = [.. Results.Select(result => result.At(seq))],
    };
}

/// <summary>
/// Writes each answer as the record that it is. It does not read them, because answers of different kinds look alike.
/// </summary>
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
