using System.Buffers;
using System.Text;
using System.Text.Json;
using Baton.Server.Platform.Basics.Json;
using FsCheck.Fluent;

namespace Baton.Tests.Platform.Basics.Json;

public sealed class JsonBytesTests
{
    /// <summary>Everything at which readers of Unicode text end a line.</summary>
    static readonly SearchValues<char> s_lineEnds = SearchValues.Create("\n\v\f\r\u0085\u2028\u2029");

    [Theory]
    [InlineData("\"a\u0085b\u2028\u2029\"", "\"a\\u0085b\\u2028\\u2029\"")]
    [InlineData("\u2029\u2029\u0085", "\\u2029\\u2029\\u0085")]
    [InlineData("{\r\n\"\u2028\":\t1}", "{  \"\\u2028\":\t1}")]
    [InlineData("[1,\n2]", "[1, 2]")]
    public void OnOneLine_OfLineEnds_ReplacesThem(string json, string line) =>
        Assert.Equal(line, Encoding.UTF8.GetString(JsonBytes.OnOneLine(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void OnOneLine_OfCharactersThatShareTheirBytes_LeavesThem()
    {
        var json = "\"\u0084\u0086\u2027\u202A\u00C5\u0445\u2705\u5165\u00A8\u00A9\""u8.ToArray();
        Assert.True(JsonBytes.OnOneLine(json) == json.AsSpan(), "It was copied.");
    }

    [Fact]
    public void OnOneLine_OfAnyJson_IsOneLineOfTheSameMeaning() => Laws.Hold(
        Gen.Zip(Laws.Text, Gen.Elements("", "\u0085", "\u2028", "\u2029\u2029")).Select(pair => pair.Item1 + pair.Item2 + pair.Item1),
        text =>
        {
            var json = Encoding.UTF8.GetBytes($"{{\r\n{Quote(text)}:\n[{Quote(text)}, 1]}}");
            var line = JsonBytes.OnOneLine(json).ToArray();
            Assert.Equal(-1, Encoding.UTF8.GetString(line).AsSpan().IndexOfAny(s_lineEnds));
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(json), JsonElement.Parse(line)));
        });

    /// <summary>As a string of JSON, with no more escapes than it needs.</summary>
    static string Quote(string text) => $"\"{string.Concat(text.Select(Escape))}\"";

    static string Escape(char c) => c is < ' ' or '"' or '\\' ? $"\\u{(int)c:x4}" : c.ToString();
}
