using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.JsonSchema.Values;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Streams.Entries;

/// <summary>
/// Reads the body of an append in one pass, without making objects of it: one entry or an array of them, strictly.
/// </summary>
internal static class EntryBody
{
    static readonly JsonReaderOptions s_options = new() { MaxDepth = 64 };

    static readonly string[] s_members = ["data", "label"];

    /// <summary>The entries of a request, whichever of its members has them; what is wrong is noted.</summary>
    public static NewEntry[] Read(AppendToStreamRequest request, long maxBytes, InputErrors errors)
    {
        if (request.Entries is { } body)
        {
            var parsed = Parse(body);
            if (parsed.Failure is { } failure) errors.AddAll(failure, place => "/entries" + place);
            return parsed.Value ?? [];
        }

        var data = JsonMarshal.GetRawUtf8Value(request.Data).ToArray();
        if (data.Length > maxBytes)
            errors.Add(
                ErrorCodes.RequestBodyTooLarge, "/data",
                $"The entry has {data.Length} bytes; {maxBytes} is the most.");
        else if (JsonValues.Check(data) is { } fault)
            errors.Add(ErrorCodes.RequestInvalidJson, "/data" + fault.Pointer, fault.Message);
        return [new NewEntry(data, request.Label, Pointer: "")];
    }

    public static Outcome<NewEntry[]> Parse(byte[] body)
    {
        if (!Utf8.IsValid(body)) return Invalid("", "The body is not UTF-8.");
        var reader = new Utf8JsonReader(body, s_options);
        try
        {
            reader.Read();
            var entries = reader.TokenType == JsonTokenType.StartArray
                ? ReadMany(ref reader, body)
                : [ReadOne(ref reader, body, pointer: "")];
            // Reads to the end: whatever follows is an error.
            reader.Read();
            return entries;
        }
        catch (InvalidOperationException)
        {
            // A name that holds half of a surrogate pair cannot be compared with those that are known.
            return Invalid("", "The name of a member is not valid Unicode text.");
        }
        catch (EntryException wrong)
        {
            return Invalid(wrong.Pointer, wrong.Message);
        }
        catch (JsonException wrong)
        {
            return Invalid(
                "", $"The body is not JSON at line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}.");
        }
    }

    static NewEntry[] ReadMany(ref Utf8JsonReader reader, byte[] body)
    {
        var entries = new List<NewEntry>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (entries.Count == AppendToStreamRequest.MaxBatch)
                throw new EntryException(
                    "", $"There are more than {AppendToStreamRequest.MaxBatch} entries; send several.");
            entries.Add(ReadOne(ref reader, body, $"/{entries.Count}"));
        }

        return entries.Count > 0
            ? [.. entries]
            : throw new EntryException("", "The array is empty, but must hold at least one entry.");
    }

    static NewEntry ReadOne(ref Utf8JsonReader reader, byte[] body, string pointer)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new EntryException(pointer, "An entry must be an object with `data`, or an array of such.");
        byte[]? data = null;
        var (label, hasLabel) = ((string?)null, false);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("data"u8))
            {
                if (data is not null) throw new EntryException(pointer, "The member \"data\" is given twice.");
                reader.Read();
                data = ReadData(ref reader, body, pointer);
            }
            else if (reader.ValueTextEquals("label"u8))
            {
                if (hasLabel) throw new EntryException(pointer, "The member \"label\" is given twice.");
                reader.Read();
                (label, hasLabel) = (ReadLabel(ref reader, pointer), true);
            }
            else
            {
                throw Unknown(TextOf(ref reader, pointer), pointer);
            }
        }

        return data is not null
            ? new NewEntry(data, label, pointer)
            : throw new EntryException(pointer, "Required members are missing: 'data'.");
    }

    static byte[] ReadData(ref Utf8JsonReader reader, byte[] body, string pointer)
    {
        var start = (int)reader.TokenStartIndex;
        if (ExactJson.Scan(ref reader, body) is { } fault)
            throw new EntryException(pointer + "/data" + fault.Pointer, fault.Message);
        return body[start..(int)reader.BytesConsumed];
    }

    static string? ReadLabel(ref Utf8JsonReader reader, string pointer)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String)
            throw new EntryException(pointer + "/label", "The value has the wrong type: a label is a string.");
        var label = TextOf(ref reader, pointer + "/label");
        return IsLabel(label)
            ? label
            : throw new EntryException(
                pointer + "/label",
                $"The label has {label.Length} characters, but must have 1 to {AppendToStreamRequest.MaxLabelLength}, "
                + "none of them a control.");
    }

    static bool IsLabel(string text) =>
        text.Length is > 0 and <= AppendToStreamRequest.MaxLabelLength && !text.Any(char.IsControl);

    static string TextOf(ref Utf8JsonReader reader, string pointer)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape is no text.
            throw new EntryException(pointer, "A string of the body is not valid Unicode text.");
        }
    }

    static EntryException Unknown(string name, string pointer)
    {
        var nearest = NearestName.Of(name, s_members);
        return new EntryException(
            pointer + JsonPointer.Of(name),
            nearest is null
                ? $"There is no member \"{InputText.Shorten(name)}\"; known here: {string.Join(", ", s_members)}."
                : $"There is no member \"{InputText.Shorten(name)}\"; did you mean \"{nearest}\"?");
    }

    static Failure Invalid(string pointer, string message)
    {
        var errors = new InputErrors();
        errors.Add(ErrorCodes.RequestInvalidJson, pointer, message);
        return errors.ToFailure();
    }

    /// <summary>What is wrong with the body. Never leaves this class.</summary>
    sealed class EntryException(string pointer, string message) : Exception(message)
    {
        public string Pointer => pointer;
    }
}
