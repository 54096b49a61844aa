using System.Diagnostics;
using System.Text;

namespace Baton.Tests.JsonSchema;

/// <summary>Schemas and documents made to hurt end early, with an answer that says so. Deadlines are generous.</summary>
public sealed class HostileInputTests : IDisposable
{
    static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);

    readonly long _start = Stopwatch.GetTimestamp();

    public void Dispose() => Assert.True(Stopwatch.GetElapsedTime(_start) < s_deadline, "took too long");

    [Theory]
    [InlineData("""{"not":""", "}")]
    [InlineData("""{"allOf":[""", "]}")]
    [InlineData("""{"properties":{"a":""", "}}")]
    [InlineData("""{"const":[""", "]}")]
    public void Definition_NestedTenThousandLevels_IsRefusedAtOnce(string before, string after)
    {
        const int levels = 10_000;
        var definition = string.Concat(Enumerable.Repeat(before, levels)) + "true" + string.Concat(Enumerable.Repeat(after, levels));
        var fault = Assert.Single(Schemas.Faults(definition));
        Assert.Contains("nested deeper than 128 levels", fault.Message);
    }

    [Theory]
    [InlineData((byte)'[')]
    [InlineData((byte)'{')]
    public void Document_OfOpeningBrackets_IsRefusedWithoutReadingOn(byte bracket)
    {
        var document = new byte[25 << 20];
        document.AsSpan().Fill(bracket);
        if (bracket == '{') Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 1000))).CopyTo(document, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var violation = Assert.Single(Schemas.Compile("true").Validate(document));
        Assert.Equal(("", "depth"), (violation.Pointer, violation.Keyword));
        Assert.Contains("256 levels", violation.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40 << 20);
    }

    [Fact]
    public void Document_OfManyValues_IsChecked()
    {
        var document = Encoding.ASCII.GetBytes("[" + string.Concat(Enumerable.Repeat("1,", 5_000_000)) + "1]");
        Assert.Empty(Schemas.Compile("""{"items": {"type": "integer", "minimum": 0}}""").Validate(document));
    }

    [Fact]
    public void Document_NestedAsDeepAsAllowed_IsCheckedByARecursiveSchema()
    {
        var schema = Schemas.Compile("""{"anyOf": [{"allOf": [{"$ref": "#/$defs/a"}]}], "$defs": {"a": {"items": {"$ref": "#"}}}}""");
        Assert.Empty(schema.Validate(new string('[', 256) + new string(']', 256)));
        Assert.Equal("depth", Assert.Single(schema.Validate(new string('[', 257) + new string(']', 257))).Keyword);
    }

    [Fact]
    public void Evaluation_OfAChainOfReferences_IsBounded()
    {
        var links = Enumerable.Range(0, 5_000).Select(link => $$"""  "a{{link}}": {"$ref": "#/$defs/a{{link + 1}}"}  """);
        var definition = $$"""{"$ref": "#/$defs/a0", "$defs": { {{string.Join(',', links)}}, "a5000": true} }""";
        var violation = Assert.Single(Schemas.Compile(definition).Validate("1"));
        Assert.Equal("depth", violation.Keyword);
    }

    [Theory]
    [InlineData("anyOf")]
    [InlineData("oneOf")]
    [InlineData("allOf")]
    public void Evaluation_OfAlternativesThatDoubleWithEachLevel_EndsWithABudgetViolation(string keyword)
    {
        var levels = Enumerable.Range(0, 40).Select(level =>
            $$"""  "a{{level}}": {"{{keyword}}": [{"$ref": "#/$defs/a{{level + 1}}"}, {"$ref": "#/$defs/a{{level + 1}}"}]}  """);
        var end = keyword == "allOf" ? "true" : "{\"type\": \"string\"}";
        var definition = $$"""{"$ref": "#/$defs/a0", "$defs": { {{string.Join(',', levels)}}, "a40": {{end}} } }""";
        var violation = Assert.Single(Schemas.Compile(definition).Validate("1"));
        Assert.Equal("budget", violation.Keyword);
        Assert.Contains("simplify the schema", violation.Message);
        // What is given up is not valid either: `not` must not turn it around.
        Assert.Equal("budget", Assert.Single(Schemas.Compile($$"""{"not": {{definition.Replace("#/", "#/not/")}} }""").Validate("1")).Keyword);
    }

    [Fact]
    public void Evaluation_OfNestedRecursionIntoTheDocument_EndsWithABudgetViolation()
    {
        var schema = Schemas.Compile("""{"anyOf": [{"items": {"$ref": "#"}, "minItems": 9}, {"items": {"$ref": "#"}, "maxItems": 0}, {"items": {"$ref": "#"}}]}""");
        var violations = schema.Validate(new string('[', 200) + "0" + new string(']', 200));
        Assert.True(violations.Count == 0 || violations[0].Keyword == "budget");
    }

    [Fact]
    public void Evaluation_OfDynamicReferencesInACircle_IsBounded()
    {
        const string definition = """
            {"$id": "http://x/a", "$dynamicAnchor": "n", "$defs": {"b": {"$id": "b", "$dynamicAnchor": "n"}},
             "anyOf": [{"$dynamicRef": "#n"}, {"$dynamicRef": "#n"}]}
            """;
        var violation = Assert.Single(Schemas.Compile(definition).Validate("1"));
        Assert.Equal("depth", violation.Keyword);
    }

    [Fact]
    public void UniqueItems_OfManyItems_IsNotQuadratic()
    {
        var items = string.Join(',', Enumerable.Range(0, 200_000).Select(number => $$"""{"a":[{{number}}]}"""));
        var schema = Schemas.Compile("""{"uniqueItems": true}""");
        Assert.Empty(schema.Validate($"[{items}]"));
        var violation = Assert.Single(schema.Validate($$"""[{{items}},{"a":[7.0]}]"""));
        Assert.Equal(("/200000", "uniqueItems"), (violation.Pointer, violation.Keyword));
        Assert.Contains("'/7'", violation.Message);
    }

    [Fact]
    public void Object_OfManyNames_IsSearchedForDuplicatesInLinearTime()
    {
        var members = string.Join(',', Enumerable.Range(0, 300_000).Select(number => $"\"{number}\":0"));
        Assert.Empty(Schemas.Compile("true").Validate($$"""{ {{members}} }"""));
        var violation = Assert.Single(Schemas.Compile("true").Validate($$"""{ {{members}},"\u0037":1}"""));
        Assert.Equal(("/7", "duplicate"), (violation.Pointer, violation.Keyword));
    }

    [Fact]
    public void Numbers_OfAnySize_AreComparedWithoutBeingMultipliedOut()
    {
        Assert.True(Schemas.Accepts("""{"maximum": 1e1000000000}""", "1e999999999"));
        Assert.False(Schemas.Accepts("""{"maximum": 1e1000000000}""", "1.1e1000000000"));
        Assert.True(Schemas.Accepts("""{"multipleOf": 7e-1000000000}""", "14e1000000000"));
        Assert.False(Schemas.Accepts("""{"multipleOf": 7}""", "1e1000000000"));
        Assert.True(Schemas.Accepts("""{"multipleOf": 3}""", "9" + new string('0', 1_000_000)));
    }

    [Fact]
    public void Definition_OfManyBrokenSchemas_HasAFewFaults() =>
        Assert.Equal(20, Schemas.Faults($$"""{"allOf": [{{string.Join(',', Enumerable.Range(0, 1000).Select(_ => "1"))}}]}""").Count);

    [Fact]
    public void Definition_ThatDrawsInDocumentWithoutEnd_IsAFault()
    {
        static byte[] Next(string uri) => Encoding.UTF8.GetBytes($$"""{"$ref": "{{uri}}1"}""");
        var faults = Schemas.Faults("""{"$ref": "http://x/"}""", Next);
        Assert.Contains("100 other documents", Assert.Single(faults).Message);
    }

    [Fact]
    public void Definition_OfManyPatterns_IsAFault()
    {
        var patterns = Enumerable.Range(0, 100).Select(number => $$"""{"pattern": "{{new string('a', 1000)}}{{number}}"}""");
        var faults = Schemas.Faults($$"""{"allOf": [{{string.Join(',', patterns)}}]}""");
        Assert.Contains("32768", faults[0].Message);
    }

    [Fact]
    public void Definition_OfManyDynamicReferencesAndResources_IsCompiledInLinearSpace()
    {
        var resources = Enumerable.Range(0, 4_000).Select(number => $$"""{"$id": "r{{number}}", "$dynamicAnchor": "n"}""");
        var references = Enumerable.Repeat("""{"$dynamicRef": "#n"}""", 4_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(Schemas.Faults($$"""
            {"$id": "http://x/", "$dynamicAnchor": "n",
             "$defs": {"a": {"prefixItems": [{{string.Join(',', resources)}}]}, "b": {"prefixItems": [{{string.Join(',', references)}}]} } }
            """));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 << 20);
    }

    [Fact]
    public void Definition_OfManySchemasBelowALongName_IsAFault()
    {
        var many = string.Join(',', Enumerable.Repeat("{}", 10_000));
        var fault = Assert.Single(Schemas.Faults($$"""{"properties": {"{{new string('a', 100_000)}}": {"prefixItems": [{{many}}]} } }"""));
        Assert.Contains("too long", fault.Message);
    }

    [Fact]
    public void Definition_OfManyReferencesToUnknownKeywords_IsAFault()
    {
        var references = Enumerable.Range(0, 1_001).Select(number => $$"""{"$ref": "#/x/{{number}}"}""");
        var targets = string.Join(',', Enumerable.Range(0, 1_001).Select(number => $"\"{number}\": {{}}"));
        var fault = Assert.Single(Schemas.Faults($$"""{"prefixItems": [{{string.Join(',', references)}}], "x": { {{targets}} } }"""));
        Assert.Contains("under $defs", fault.Message);
    }

    [Fact]
    public void Definition_OfTooManySchemas_IsAFault()
    {
        var many = string.Join(',', Enumerable.Repeat("true", 100_000));
        Assert.Contains("100000 schemas", Assert.Single(Schemas.Faults($$"""{"prefixItems": [{{many}}]}""")).Message);
    }

    [Fact]
    public void Enum_OfStringsThatLookAlike_IsSearchedByAHash()
    {
        // The same beginning, end and length: only the middle differs.
        static string Value(int number) => $"\"beginning{number:D6}ending-ending\"";
        var schema = Schemas.Compile($$"""{"items": {"enum": [{{string.Join(',', Enumerable.Range(0, 20_000).Select(Value))}}]} }""");
        Assert.Empty(schema.Validate($"[{string.Join(',', Enumerable.Range(0, 20_000).Select(Value))}]"));
        Assert.Equal(20, schema.Validate($"[{string.Join(',', Enumerable.Range(20_000, 20_000).Select(Value))}]").Count);
    }

    [Fact]
    public void Alternatives_InAlternatives_AreExplainedInBounds()
    {
        const int count = 50;
        var inner = """{"required": ["x"]}""";
        for (var level = 0; level < 4; level++)
            inner = $$"""{"items": {"anyOf": [{{string.Join(',', Enumerable.Repeat(inner, level == 0 ? count : 3))}}]} }""";
        var document = "{}";
        for (var level = 0; level < 4; level++) document = $"[{string.Join(',', Enumerable.Repeat(document, 8))}]";
        var violations = Schemas.Check(inner, document);
        Assert.Equal(20, violations.Count);
        Assert.Contains("fits none of 3 alternatives", violations[0].Message);
    }

    [Fact]
    public void MultipleOf_OfLongNumbers_IsCountedAsTheWorkThatItIs()
    {
        var divisor = new string('7', 99);
        var schema = Schemas.Compile($$"""{"items": {"multipleOf": {{divisor}}} }""");
        var number = divisor + "e999999999999";
        Assert.Empty(schema.Validate($"[{string.Join(',', Enumerable.Repeat(number, 100))}]"));
        var violation = Assert.Single(schema.Validate($"[{string.Join(',', Enumerable.Repeat(number, 50_000))}]"));
        Assert.Equal("budget", violation.Keyword);
    }
}
