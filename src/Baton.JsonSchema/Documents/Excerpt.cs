using System.Globalization;
using System.Text;

namespace Baton.JsonSchema.Documents;

/// <summary>Shows values in messages: short, and on one line.</summary>
internal static class Excerpt
{
    const int MaxChars = 60;

    /// <summary>A string in quotes, cut when it is long.</summary>
    public static string Of(string text) => $"\"{Cut(text, MaxChars)}\"";

    /// <summary>A value: scalars as they stand there, containers by their size.</summary>
    public static string Of(JsonView view, int token)
    {
        var value = view[token];
        return value.Kind switch
        {
            TokenKind.Array => value.Size == 1 ? "an array of 1 item" : $"an array of {value.Size} items",
            TokenKind.Object => value.Size == 1 ? "an object of 1 member" : $"an object of {value.Size} members",
            TokenKind.String or TokenKind.EscapedString => $"\"{Cut(Head(view.Raw(token)), MaxChars)}\"",
            _ => Cut(Head(view.Raw(token)), MaxChars),
        };
    }

    /// <summary>Names in quotes, with commas; the first few of many.</summary>
    public static string List(IEnumerable<string> names)
    {
        const int max = 10;
        var shown = names.Take(max + 1).ToList();
        var text = string.Join(", ", shown.Take(max).Select(Of));
        return shown.Count > max ? text + " …" : text;
    }

    /// <summary>The beginning of a text that may be huge.</summary>
    static string Head(ReadOnlySpan<byte> raw) => Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, MaxChars * 4)]);

    static string Cut(string text, int max)
    {
        var isShort = text.Length <= max;
        var end = isShort ? text.Length : max - (char.IsHighSurrogate(text[max - 1]) ? 1 : 0);
        var shown = new StringBuilder(end + 1);
        foreach (var unit in text.AsSpan(0, end))
            shown.Append(CharUnicodeInfo.GetUnicodeCategory(unit) == UnicodeCategory.Control ? ' ' : unit);
        return isShort ? shown.ToString() : shown.Append('…').ToString();
    }
}
