using System.Text.Json;
using System.Text.Unicode;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Basics.Json;

/// <summary>Checks JSON that is kept as its bytes, in one pass and without a tree.</summary>
internal static class JsonValues
{
    /// <summary>The most objects and arrays that may be nested in each other.</summary>
    public const int MaxDepth = 64;

    static readonly JsonReaderOptions s_options = new() { MaxDepth = MaxDepth };

    /// <summary>What is wrong with bytes that must be one JSON value; null for nothing.</summary>
    public static JsonFault? Check(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return new JsonFault("", "The value is not valid UTF-8.");
        var reader = new Utf8JsonReader(json, s_options);
        try
        {
            reader.Read();
            if (ExactJson.Scan(ref reader, json) is { } fault) return fault;
            // Only white space may follow the value; anything else makes this call throw.
            reader.Read();
            return null;
        }
        catch (JsonException failure)
        {
            if (IsTooDeep(json))
                return new JsonFault("", $"The value is nested deeper than {MaxDepth} objects and arrays.");
            return new JsonFault(
                "", $"The value is not JSON at line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}.");
        }
    }

    /// <summary>Whether JSON is nested deeper than <see cref="MaxDepth"/>.</summary>
    public static bool IsTooDeep(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= MaxDepth
                    && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    return true;
            }
        }
        catch (JsonException)
        {
            // The bytes are not JSON, and are not too deep up to the place where that shows.
        }

        return false;
    }

    public static Failure ToFailure(JsonFault fault)
    {
        var errors = new InputErrors();
        errors.Add(ErrorCodes.RequestInvalidJson, fault.Pointer, fault.Message);
        return errors.ToFailure();
    }
}
