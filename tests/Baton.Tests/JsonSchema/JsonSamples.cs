using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.JsonSchema;

/// <summary>Random JSON: values, and texts that are nearly JSON.</summary>
internal static class JsonSamples
{
    static readonly string[] s_names = ["a", "b", "c", "name_of_eight", "name_of_nine", "é", "\\u0061b", "x-1", "\\n"];

    static readonly string[] s_scalars =
    [
        "null", "true", "false", "0", "-0", "1", "1.0", "10e-1", "-2.5", "3", "1E2", "100", "0.1", "1e400", "12345678901234567890",
        "\"\"", "\"a\"", "\"ab\"", "\"\\u0061\"", "\"😀\"", "\"\\ud83d\\ude00\"", "\"é\\\"\\\\\"", "\"2026-01-31\"",
    ];

    /// <summary>Values as texts: with distinct names.</summary>
    public static Gen<string> Values { get; } = Gen.Sized(size => Value(Math.Min(size, 30)));

    /// <summary>Values with a character or so changed, taken away or added.</summary>
    public static Gen<string> Texts { get; } =
        from text in Values
        from edits in Gen.Choose(0, 2)
        from places in Gen.ArrayOf(Gen.Choose(0, Math.Max(0, text.Length - 1)), edits)
        from kinds in Gen.ArrayOf(Gen.Choose(0, 2), edits)
        from units in Gen.ArrayOf(Gen.Elements("{}[]\":,\\ \n0123456789.eE+-utfanulse\u0001é/ ".ToCharArray()), edits)
        select Edit(text, places, kinds, units);

    /// <summary>A canonical writing: like the text, but without white space and with escapes in one form.</summary>
    public static string Write(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Write))}]",
        JsonValueKind.Object => "{" + string.Join(',', element.EnumerateObject()
            .Select(member => $"{JsonSerializer.Serialize(member.Name)}:{Write(member.Value)}")) + "}",
        JsonValueKind.String => JsonSerializer.Serialize(element.GetString()),
        _ => element.GetRawText(),
    };

    /// <summary>The same value with the members of all objects the other way round.</summary>
    public static string Reverse(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Reverse))}]",
        JsonValueKind.Object => "{" + string.Join(',', element.EnumerateObject().Reverse()
            .Select(member => $"{JsonSerializer.Serialize(member.Name)}:{Reverse(member.Value)}")) + "}",
        _ => element.GetRawText(),
    };

    static Gen<string> Value(int size) => size <= 1
        ? Gen.Elements(s_scalars)
        : Gen.OneOf(
            Gen.Elements(s_scalars),
            Gen.ListOf(Value(size / 3)).Select(items => $"[{string.Join(" ,", items.Take(5))}]"),
            Gen.Shuffle(s_names).SelectMany(names => Gen.ListOf(Value(size / 3)).Select(values => Members(names, [.. values]))));

    static string Members(string[] names, IReadOnlyList<string> values) =>
        "{" + string.Join(',', values.Take(6).Select((value, index) => $"\"{names[index]}\": {value}")) + "}";

    static string Edit(string text, int[] places, int[] kinds, char[] units)
    {
        var edited = new StringBuilder(text);
        foreach (var (index, kind) in kinds.Index())
        {
            var place = Math.Min(places[index], Math.Max(0, edited.Length - 1));
            if (kind == 0 || edited.Length == 0)
                edited.Insert(place, units[index]);
            else if (kind == 1)
                edited.Remove(place, 1);
            else
                edited[place] = units[index];
        }

        return edited.ToString();
    }
}
