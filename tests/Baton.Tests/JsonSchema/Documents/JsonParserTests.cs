using System.Text;
using System.Text.Json;
using Baton.JsonSchema.Documents;

namespace Baton.Tests.JsonSchema.Documents;

/// <summary>The parser accepts what System.Text.Json accepts, and sees the same in it.</summary>
public sealed class JsonParserTests
{
    [Theory]
    [InlineData("", "it ends too early")]
    [InlineData(" ", "it ends too early")]
    [InlineData("{", "a name or '}'")]
    [InlineData("[1", "',' or ']'")]
    [InlineData("[1,]", "needs a value")]
    [InlineData("{\"a\":1,}", "needs a name")]
    [InlineData("{\"a\" 1}", "needs ':'")]
    [InlineData("{a:1}", "needs a name")]
    [InlineData("[1}", "needs ',' or ']'")]
    [InlineData("{\"a\":1]", "needs ',' or '}'")]
    [InlineData("1 2", "something follows")]
    [InlineData("01", "superfluous 0")]
    [InlineData("-", "needs a digit")]
    [InlineData("1.", "needs a digit after '.'")]
    [InlineData("1e", "digit in the exponent")]
    [InlineData(".5", "needs a value")]
    [InlineData("+1", "needs a value")]
    [InlineData("NaN", "needs a value")]
    [InlineData("tru", "needs a value")]
    [InlineData("\"a", "a closing")]
    [InlineData("\"a\nb\"", "control character")]
    [InlineData("\"\\x\"", "unknown escape")]
    [InlineData("\"\\u12G4\"", "four hexadecimal digits")]
    [InlineData("\"\\ud800\"", "half of a surrogate pair")]
    [InlineData("\"\\udc00\"", "half of a surrogate pair")]
    [InlineData("\"\\ud800\\u0041\"", "half of a surrogate pair")]
    [InlineData("1e1000000000000000000", "more than 18 digits")]
    [InlineData("// comment\n1", "needs a value")]
    public void Text_ThatIsNoJson_IsRefusedWithItsPlace(string text, string problem)
    {
        using var tokens = JsonParser.Parse(Encoding.UTF8.GetBytes(text), maxDepth: 10, out var fault);
        Assert.Equal("json", fault!.Keyword);
        Assert.Contains(problem, fault.Message);
        Assert.Contains("at line ", fault.Message);
    }

    [Fact]
    public void Text_ThatIsNoUtf8_IsRefused()
    {
        using var tokens = JsonParser.Parse("\"\xC3\"".Select(unit => (byte)unit).ToArray(), maxDepth: 10, out var fault);
        Assert.Contains("UTF-8", fault!.Message);
    }

    [Theory]
    [InlineData("""{"a":{"b":1,"b":2}}""", "/a/b")]
    [InlineData("""[1,{"x":1,"a":[],"\u0061":2}]""", "/1/a")]
    [InlineData("""{"":1,"":2}""", "/")]
    [InlineData("""{"a~/b":[{"abcdefghi1":0,"abcdefghi2":0,"abcdefghi1":0}]}""", "/a~0~1b/0/abcdefghi1")]
    [InlineData("""{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"n":1,"o":1,"p":1,"q":1,"a":2}""", "/a")]
    public void Names_ThatStandTwice_AreRefusedWithTheirPlace(string text, string pointer)
    {
        using var tokens = JsonParser.Parse(Encoding.UTF8.GetBytes(text), maxDepth: 10, out var fault);
        Assert.Equal(("duplicate", pointer), (fault!.Keyword, fault.Pointer));
    }

    [Fact]
    public void Depth_AtTheMaximum_IsAllowed()
    {
        using var allowed = JsonParser.Parse("""[{"a":[]}]"""u8, maxDepth: 3, out var none);
        Assert.Null(none);
        using var refused = JsonParser.Parse("""[{"a":[]}]"""u8, maxDepth: 2, out var fault);
        Assert.Equal("depth", fault!.Keyword);
    }

    [Fact]
    public void Text_OfAnyKind_IsReadAsSystemTextJsonReadsIt() =>
        Laws.Hold(JsonSamples.Texts, text =>
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            var expected = ReadByPlatform(utf8);
            using var tokens = JsonParser.Parse(utf8, maxDepth: 64, out var fault);
            // This alone is a limit of ours.
            if (fault?.Message.Contains("more than 18 digits", StringComparison.Ordinal) == true) return;
            var actual = fault is null ? Write(new JsonView(utf8, tokens.Written)) : null;
            Assert.Equal(expected, actual);
        }, count: 5_000);

    /// <summary>A canonical writing of what the platform sees; null when it refuses.</summary>
    static string? ReadByPlatform(byte[] utf8)
    {
        try
        {
            var element = JsonElement.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return JsonSamples.Write(element);
        }
        catch (Exception refusal) when (refusal is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static string Write(JsonView view)
    {
        var text = new StringBuilder();
        var end = Write(view, token: 0, text);
        Assert.Equal(view.Tokens.Length, end);
        return text.ToString();
    }

    static int Write(JsonView view, int token, StringBuilder text)
    {
        var value = view[token];
        if (value.IsString) text.Append(JsonSerializer.Serialize(view.StringAt(token)));
        if (!value.IsContainer && !value.IsString) text.Append(Encoding.UTF8.GetString(view.Raw(token)));
        if (!value.IsContainer) return token + 1;
        text.Append(value.Kind == TokenKind.Array ? '[' : '{');
        var count = 0;
        for (var child = token + 1; child < view.After(token); count++)
        {
            if (count > 0) text.Append(',');
            if (value.Kind == TokenKind.Object)
            {
                text.Append(JsonSerializer.Serialize(view.StringAt(child))).Append(':');
                child++;
            }

            child = Write(view, child, text);
        }

        Assert.Equal(value.Size, count);
        text.Append(value.Kind == TokenKind.Array ? ']' : '}');
        return view.After(token);
    }
}
