namespace Baton.Tests.JsonSchema;

/// <summary>What is said of a document that is not valid: where, which keyword, and what to do.</summary>
public sealed class ViolationTests
{
    [Theory]
    [InlineData("""{"type": "string"}""", "1", "", "type", "1 has the wrong type: use string.")]
    [InlineData("""{"type": ["integer", "null"]}""", "1.5", "", "type", "1.5 has the wrong type: use null or integer.")]
    [InlineData("""{"maximum": 1}""", "1.7", "", "maximum", "1.7 is too large: use at most 1.")]
    [InlineData("""{"minimum": 1}""", "0", "", "minimum", "0 is too small: use at least 1.")]
    [InlineData("""{"exclusiveMaximum": 1}""", "1.0", "", "exclusiveMaximum", "1.0 is too large: use less than 1.")]
    [InlineData("""{"exclusiveMinimum": 1}""", "1", "", "exclusiveMinimum", "1 is too small: use more than 1.")]
    [InlineData("""{"multipleOf": 0.1}""", "0.25", "", "multipleOf", "0.25 is no multiple of 0.1: use one.")]
    [InlineData("""{"minLength": 3}""", "\"é😀\"", "", "minLength", "\"é😀\" has 2 characters: use at least 3.")]
    [InlineData("""{"maxLength": 1}""", "\"\\ud83d\\ude00a\"", "", "maxLength", "has 2 characters: use at most 1.")]
    [InlineData("""{"pattern": "^a"}""", "\"b\"", "", "pattern", "\"b\" does not match the pattern \"^a\".")]
    [InlineData("""{"const": {"a": 1}}""", "2", "", "const", "2 is not an object of 1 member: use that.")]
    [InlineData("""{"enum": ["a", 1, null]}""", "\"b\"", "", "enum", "\"b\" is not allowed: use one of \"a\", 1, null.")]
    [InlineData("""{"required": ["a", "b"]}""", """{"a":1}""", "", "required", "The property \"b\" is missing: add it.")]
    [InlineData("""{"properties": {"a": {}}, "additionalProperties": false}""", """{"b/c":1}""", "/b~1c", "additionalProperties", "\"b/c\" is no property of this object: remove it, or use one of \"a\".")]
    [InlineData("""{"propertyNames": {"maxLength": 1}}""", """{"ab":1}""", "/ab", "propertyNames", "The name \"ab\" is not allowed: \"ab\" has 2 characters: use at most 1.")]
    [InlineData("""{"minProperties": 1}""", "{}", "", "minProperties", "0 members: give it at least 1.")]
    [InlineData("""{"maxProperties": 1}""", """{"a":1,"b":2}""", "", "maxProperties", "2 members: give it at most 1.")]
    [InlineData("""{"dependentRequired": {"a": ["b"]}}""", """{"a":1}""", "", "dependentRequired", "With \"a\", \"b\" is needed too: add it.")]
    [InlineData("""{"items": {"type": "string"}}""", """["a",{"b":[]}]""", "/1", "type", "an object of 1 member has the wrong type")]
    [InlineData("""{"minItems": 1}""", "[]", "", "minItems", "0 items: give it at least 1.")]
    [InlineData("""{"maxItems": 1}""", "[1,2]", "", "maxItems", "2 items: give it at most 1.")]
    [InlineData("""{"prefixItems": [{}], "items": false}""", "[1,2]", "/1", "items", "one too many: keep at most 1.")]
    [InlineData("""{"uniqueItems": true}""", """[{"a":1},{"a":1.0}]""", "/1", "uniqueItems", "stands twice in this array, first at '/0': keep one.")]
    [InlineData("""{"contains": {"const": 1}}""", "[2]", "", "contains", "0 items match the schema in contains: give it at least 1.")]
    [InlineData("""{"contains": {"const": 1}, "minContains": 2}""", "[1]", "", "minContains", "1 items match")]
    [InlineData("""{"contains": {"const": 1}, "maxContains": 1}""", "[1,1]", "", "maxContains", "More than 1 items match")]
    [InlineData("""{"not": {"type": "string"}}""", "\"a\"", "", "not", "fits the schema in not")]
    [InlineData("""{"oneOf": [{"minimum": 1}, {}, {"minimum": 2}]}""", "1", "", "oneOf", "1 fits alternatives 1 and 2: make it fit exactly one.")]
    [InlineData("""{"properties": {"a": {"properties": {"b": false}}}}""", """{"a":{"b":1}}""", "/a/b", "false", "Nothing is allowed here: remove it.")]
    [InlineData("""{"unevaluatedProperties": false}""", """{"a":1}""", "/a", "unevaluatedProperties", "\"a\" is no property that the schema knows here: remove it.")]
    [InlineData("""{"unevaluatedItems": false}""", "[1]", "/0", "unevaluatedItems", "no item at this place: remove it.")]
    public void Violation_OfAKeyword_SaysWhereAndWhatToDo(string schema, string document, string pointer, string keyword, string message)
    {
        var violation = Assert.Single(Schemas.Check(schema, document));
        Assert.Equal((pointer, keyword), (violation.Pointer, violation.Keyword));
        Assert.Contains(message, violation.Message);
        Assert.EndsWith(".", violation.Message);
    }

    [Fact]
    public void Violations_OfOneDocument_AreAllNamedInOrder()
    {
        const string schema = """
            {"required": ["topic"], "properties": {
              "findings": {"items": {"required": ["claim"], "properties": {"confidence": {"maximum": 1}}}}}}
            """;
        var violations = Schemas.Check(schema, """{"findings":[{"confidence":2},{"claim":"a","confidence":3}]}""");
        Assert.Equal(
            [("/findings/0/confidence", "maximum"), ("/findings/0", "required"), ("/findings/1/confidence", "maximum"), ("", "required")],
            violations.Select(violation => (violation.Pointer, violation.Keyword)));
    }

    [Fact]
    public void Violations_BeyondTheMaximum_AreLeftOut()
    {
        var schema = Schemas.Compile("""{"items": false}""");
        Assert.Equal(3, schema.Validate("[1,2,3,4,5]"u8.ToArray(), maxErrors: 3).Count);
        Assert.Equal(5, schema.Validate("[1,2,3,4,5]").Count);
    }

    [Fact]
    public void Violation_OfAlternatives_ExplainsTheNearest()
    {
        const string schema = """
            {"anyOf": [{"type": "string"}, {"type": "object", "properties": {"size": {"type": "integer"}}}, {"type": "null"}]}
            """;
        var violations = Schemas.Check(schema, """{"size":"large"}""");
        Assert.Equal([("", "anyOf"), ("/size", "type")], violations.Select(violation => (violation.Pointer, violation.Keyword)));
        Assert.Contains("fits none of 3 alternatives: make it fit one; number 2 is nearest.", violations[0].Message);
    }

    [Fact]
    public void Violation_OfThenOrElse_IsTheirOwn()
    {
        const string schema = """
            {"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}
            """;
        Assert.Contains("\"b\"", Assert.Single(Schemas.Check(schema, """{"a":1}""")).Message);
        Assert.Contains("\"c\"", Assert.Single(Schemas.Check(schema, """{"a":2}""")).Message);
    }

    [Fact]
    public void Violation_OfALongValue_ShowsTheBeginningOnOneLine()
    {
        var document = $"\"{new string('é', 1000)}\\n\"";
        var message = Assert.Single(Schemas.Check("""{"maxLength": 1}""", document)).Message;
        Assert.InRange(message.Length, 60, 200);
        Assert.DoesNotContain('\n', message);
        Assert.Contains("…", message);
    }

    [Fact]
    public void Document_ThatIsNoJson_IsOneViolation()
    {
        var violation = Assert.Single(Schemas.Check("true", "{\n  \"a\": nope\n}"));
        Assert.Equal(("", "json"), (violation.Pointer, violation.Keyword));
        Assert.Contains("line 2, byte 8", violation.Message);
    }

    [Fact]
    public void Document_WithADuplicateName_IsOneViolation()
    {
        var violation = Assert.Single(Schemas.Check("true", """{"a":[{"b":1,"b":1}]}"""));
        Assert.Equal(("/a/0/b", "duplicate"), (violation.Pointer, violation.Keyword));
        Assert.Contains("Baton accepts no duplicate names", violation.Message);
    }
}
