using System.Text.Json;
using Baton.JsonSchema;

namespace Baton.Tests.JsonSchema.Patterns;

/// <summary>Regular expressions mean what ECMA-262 says, not what .NET says.</summary>
public sealed class PatternTests
{
    [Theory]
    [InlineData("^abc$", "abc", true)]
    [InlineData("^abc$", "abc\n", false)]
    [InlineData("b", "abc", true)]
    [InlineData("^\\d$", "4", true)]
    [InlineData("^\\d$", "৪", false)]
    [InlineData("^\\D$", "৪", true)]
    [InlineData("^\\w$", "_", true)]
    [InlineData("^\\w$", "é", false)]
    [InlineData("^\\W$", "é", true)]
    [InlineData("^\\W$", "😀", true)]
    [InlineData("^\\s$", " ", true)]
    [InlineData("^\\s$", "\u00a0", true)]
    [InlineData("^\\s$", "\ufeff", true)]
    [InlineData("^\\s$", "\u2029", true)]
    [InlineData("^\\s$", "\u0085", false)]
    [InlineData("^\\S$", "\u200b", true)]
    [InlineData("^\\cC$", "\u0003", true)]
    [InlineData("^\\cc$", "\u0003", true)]
    [InlineData("^\\t\\n\\v\\f\\r\\0$", "\t\n\v\f\r\0", true)]
    [InlineData("^\\x41\\u0042\\u{43}$", "ABC", true)]
    [InlineData("^\\u{1F600}$", "😀", true)]
    [InlineData("^\\uD83D\\uDE00$", "😀", true)]
    [InlineData("^😀{2}$", "😀😀", true)]
    [InlineData("^.$", "😀", true)]
    [InlineData("^..$", "😀", false)]
    [InlineData("^.{2}$", "😀😀", true)]
    [InlineData("^.+$", "a😀b", true)]
    [InlineData("^.*x", "😀😀x", true)]
    [InlineData("^.$", "\u2028", false)]
    [InlineData("^.$", "\u0085", true)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[😀-😂]$", "😁", true)]
    [InlineData("^[😀-😂]$", "😃", false)]
    [InlineData("^[^😀]$", "😁", true)]
    [InlineData("^[^😀]$", "😀", false)]
    [InlineData("^[\\u{10000}-\\u{10FFFF}]$", "😀", true)]
    [InlineData("^[\\u{FFFF}-\\u{1F600}]$", "😀", true)]
    [InlineData("^[\\u{FFFF}-\\u{1F600}]$", "😁", false)]
    [InlineData("^[]$", "a", false)]
    [InlineData("^[^]$", "\n", true)]
    [InlineData("^[\\b]$", "\b", true)]
    [InlineData("^[\\d\\-x]+$", "4-x", true)]
    [InlineData("^[\\w-.]+$", "a-b.c", true)]
    [InlineData("^[a-]+$", "a-", true)]
    [InlineData("^[(]+$", "((", true)]
    [InlineData("^a]}$", "a]}", true)]
    [InlineData("^\\p{Letter}+$", "Straße", true)]
    [InlineData("^\\p{L}+$", "𝒳", true)]
    [InlineData("^\\p{L}+$", "4", false)]
    [InlineData("^\\P{L}$", "4", true)]
    [InlineData("^\\p{Lu}\\p{Ll}$", "Éé", true)]
    [InlineData("^\\p{General_Category=Decimal_Number}$", "৪", true)]
    [InlineData("^\\p{gc=Nd}$", "x", false)]
    [InlineData("^\\p{Script=Greek}+$", "αβγ", true)]
    [InlineData("^\\p{sc=Cyrl}+$", "привет", true)]
    [InlineData("^\\p{Script=Greek}+$", "abc", false)]
    [InlineData("^\\p{Script=Han}$", "漢", true)]
    [InlineData("^\\p{Emoji_Presentation}$", "😀", true)]
    [InlineData("^\\p{ASCII}+$", "abc", true)]
    [InlineData("^\\p{Any}$", "😀", true)]
    [InlineData("^[\\p{Lu}\\d]+$", "A4", true)]
    [InlineData("^[^\\p{Lu}]+$", "a😀", true)]
    [InlineData("\\bfoo\\b", "a foo b", true)]
    [InlineData("\\bfoo\\b", "afoo", false)]
    [InlineData("\\bfoo\\b", "éfoo", true)]
    [InlineData("a\\Bb", "ab", true)]
    [InlineData("^(?=.*\\d)(?=.*[a-z]).{4,}$", "abc4", true)]
    [InlineData("^(?=.*\\d)(?=.*[a-z]).{4,}$", "abcd", false)]
    [InlineData("^(?!foo)", "foobar", false)]
    [InlineData("(?<=a)b", "ab", true)]
    [InlineData("(?<!a)b", "ab", false)]
    [InlineData("^(a)\\1$", "aa\n", false)]
    [InlineData("^(a)(b)\\2\\1$", "abba", true)]
    [InlineData("^(?<x>a)(b)\\1\\2$", "abab", true)]
    [InlineData("^(?<x>a|b)\\k<x>$", "bb", true)]
    [InlineData("^(?<x>a|b)\\k<x>$", "ab", false)]
    [InlineData("^(?:(a)|b)\\1c$", "bc", true)]
    [InlineData("^\\1(a)$", "a", true)]
    [InlineData("^a{2}$", "aa", true)]
    [InlineData("^a{2,}$", "aaa", true)]
    [InlineData("^a{1,2}?$", "aaa", false)]
    [InlineData("^(?:a|)$", "", true)]
    [InlineData("^\\/\\@\\_\\ $", "/@_ ", true)]
    [InlineData("^I$", "i", false)]
    [InlineData("", "anything", true)]
    public void Pattern_OfEcma262_MeansWhatItMeansThere(string pattern, string text, bool matches)
    {
        var definition = $$"""{"pattern": {{JsonSerializer.Serialize(pattern)}}}""";
        Assert.Equal(matches, Schemas.Accepts(definition, JsonSerializer.Serialize(text)));
        var byName = $$"""{"patternProperties": { {{JsonSerializer.Serialize(pattern)}}: false} }""";
        Assert.Equal(!matches, Schemas.Accepts(byName, $$"""{ {{JsonSerializer.Serialize(text)}}: 1}"""));
    }

    [Theory]
    [InlineData("(", "a group is not closed")]
    [InlineData(")", "closes nothing")]
    [InlineData("[a", "a class is not closed")]
    [InlineData("[b-a]", "upside down")]
    [InlineData("*a", "repeats nothing")]
    [InlineData("a**", "repeats nothing")]
    [InlineData("a{,3}", "'{' begins a quantifier")]
    [InlineData("a{3,2}", "upside down")]
    [InlineData("a{99999999999}", "too large")]
    [InlineData("{", "repeats nothing")]
    [InlineData("\\", "a backslash stands at the end")]
    [InlineData("\\a", "'\\a' is no escape")]
    [InlineData("\\Z", "'\\Z' is no escape")]
    [InlineData("\\1", "there is no group 1")]
    [InlineData("\\k<x>", "no group is named 'x'")]
    [InlineData("(?<x>a)(?<x>b)", "two groups are named 'x'")]
    [InlineData("(?<1>a)", "a group needs a name")]
    [InlineData("(?i)a", "begins no group")]
    [InlineData("(?>a)", "begins no group")]
    [InlineData("(?=a)*", "an assertion cannot be repeated")]
    [InlineData("\\p{Nonsense}", "'Nonsense' is not known")]
    [InlineData("\\p{Script=Klingon}", "'Script=Klingon' is not known")]
    [InlineData("\\pL", "needs a property in braces")]
    [InlineData("\\u12", "4 hexadecimal digits")]
    [InlineData("\\u{110000}", "number of a code point")]
    [InlineData("\\x4", "2 hexadecimal digits")]
    [InlineData("\\c1", "needs a letter")]
    [InlineData("\\00", "no escape that is known")]
    public void Pattern_ThatIsNone_IsAFault(string pattern, string problem)
    {
        var text = JsonSerializer.Serialize(pattern);
        var fault = Assert.Single(Schemas.Faults($$$"""{"properties": {"a": {"pattern": {{{text}}} } } }"""));
        Assert.Equal("/properties/a/pattern", fault.Pointer);
        Assert.Contains(problem, fault.Message);
        Assert.StartsWith("/patternProperties/", Schemas.Faults($$"""{"patternProperties": { {{text}}: true} }""")[0].Pointer);
    }

    [Fact]
    public void Pattern_ThatExplodes_IsMatchedInLinearTime()
    {
        var schema = Schemas.Compile("""{"pattern": "^(a+)+$"}""");
        var violation = Assert.Single(schema.Validate($"\"{new string('a', 100_000)}b\""));
        Assert.Equal("pattern", violation.Keyword);
        Assert.Contains("does not match", violation.Message);
    }

    [Fact]
    public void Pattern_ThatNeedsBacktrackingAndExplodes_TimesOutAndSaysSo()
    {
        var schema = Schemas.Compile("""{"items": {"pattern": "^(?=(?:a|aa)+$)"}}""", new() { PatternTimeout = TimeSpan.FromMilliseconds(20) });
        var item = $"\"{new string('a', 60)}b\"";
        var violation = Assert.Single(schema.Validate($"[{string.Join(',', Enumerable.Repeat(item, 100))}]"));
        Assert.Equal(("/0", "pattern"), (violation.Pointer, violation.Keyword));
        Assert.Contains("takes too long", violation.Message);
    }

    [Fact]
    public void Pattern_ThatIsSlowManyTimes_UsesUpItsTime()
    {
        var settings = new SchemaSettings { PatternBudget = TimeSpan.Zero, PatternBudgetPerMebibyte = TimeSpan.Zero };
        var schema = Schemas.Compile("""{"not": {"pattern": "(?=a)b"}}""", settings);
        Assert.Contains("takes too long", Assert.Single(schema.Validate("\"c\"")).Message);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(2_000)]
    public void Pattern_NestedDeeply_IsAFault(int depth)
    {
        var fault = Assert.Single(Schemas.Faults($$"""{"pattern": "{{new string('(', depth) + new string(')', depth)}}"}"""));
        Assert.Contains("deep", fault.Message);
    }

    [Fact]
    public void Pattern_OfManyCharacters_IsAFault() =>
        Assert.Contains("4096", Assert.Single(Schemas.Faults($$"""{"pattern": "{{new string('a', 4097)}}"}""")).Message);

    [Theory]
    [InlineData("^(?:(?:(?:a{0,100}){0,100}){0,100}){0,100}$")]
    [InlineData("^[a-z]{1,10000}$")]
    public void Pattern_WithHugeRepetitions_IsMatchedAllTheSame(string pattern) =>
        Assert.True(Schemas.Accepts($$"""{"pattern": "{{pattern}}"}""", "\"aaa\""));
}
