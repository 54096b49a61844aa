using System.Buffers;
using System.Text.Json;
using Baton.Server.Features.Streams.Entries;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Reading.Following;

namespace Baton.Server.Features.Streams.Following;

/// <summary>An entry as the wire shows it. Immutable, shared by all who read it from memory.</summary>
internal sealed class RenderedEntry(StreamEntryRow row)
{
    // It is made on first use. Two threads may both make it: the copies are equal.
    RenderedEvent? _event;

    public StreamEntryRow Row => row;

    public long EntryId => row.EntryId;

    /// <summary>The bytes that it holds in memory, roughly, with its event.</summary>
    public long SizeBytes => (2L * row.Data.Length) + 500;

    /// <summary>The entry as JSON, its data byte for byte as it came.</summary>
    public void WriteTo(IBufferWriter<byte> output, bool isFull)
    {
        using var json = new Utf8JsonWriter(output, JsonBytes.Options);
        Write(json, row.Data, isFull);
    }

    /// <summary>Its event: the id is the place behind the entry, the data the entry on one line.</summary>
    public RenderedEvent ToEvent() => _event ??= RenderedEvent.Of(
        StreamPlace.TextOf(row.StreamId, row.EntryId), this, row.Data.Length + 300,
        static (entry, output) => entry.WriteOnOneLine(output));

    void WriteOnOneLine(IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, JsonBytes.Options);
        Write(json, JsonBytes.OnOneLine(row.Data), isFull: false);
    }

    void Write(Utf8JsonWriter json, ReadOnlySpan<byte> data, bool isFull)
    {
        json.WriteStartObject();
        json.WriteNumber("entry_id"u8, row.EntryId);
        if (row.Label is null) json.WriteNull("label"u8);
        else json.WriteString("label"u8, row.Label);
        json.WritePropertyName("data"u8);
        json.WriteRawValue(data, skipInputValidation: true);
        Micros.Write(json, "created_at"u8, row.CreatedAt);
        json.WriteString("created_by"u8, row.CreatedBy);
        json.WriteNumber("seq"u8, row.Seq);
        if (isFull && row.Salt is { } salt) json.WriteString("salt"u8, Convert.ToHexStringLower(salt));
        json.WriteEndObject();
    }
}
