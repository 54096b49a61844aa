using System.Text;
using Baton.JsonSchema;

namespace Baton.Tests.JsonSchema.References;

/// <summary>What is no schema is refused, with the place and with what to do.</summary>
public sealed class DefinitionTests
{
    [Theory]
    [InlineData("", "", "no JSON")]
    [InlineData("{", "", "no JSON")]
    [InlineData("1", "", "must be an object, true or false")]
    [InlineData("""{"a":1,"a":2}""", "/a", "stands twice")]
    [InlineData("""{"type": "text"}""", "/type", "'text' is not known: use one of null, boolean")]
    [InlineData("""{"type": 1}""", "/type", "array of strings")]
    [InlineData("""{"type": []}""", "/type", "at least one")]
    [InlineData("""{"type": ["string", "string"]}""", "/type", "twice")]
    [InlineData("""{"required": "a"}""", "/required", "array of strings")]
    [InlineData("""{"required": ["a", "a"]}""", "/required", "twice")]
    [InlineData("""{"minLength": -1}""", "/minLength", "whole number")]
    [InlineData("""{"minLength": 1.5}""", "/minLength", "whole number")]
    [InlineData("""{"maxItems": "1"}""", "/maxItems", "whole number")]
    [InlineData("""{"minimum": "1"}""", "/minimum", "must be a number")]
    [InlineData("""{"multipleOf": 0}""", "/multipleOf", "greater than 0")]
    [InlineData("""{"multipleOf": -1}""", "/multipleOf", "greater than 0")]
    [InlineData("""{"uniqueItems": 1}""", "/uniqueItems", "true or false")]
    [InlineData("""{"pattern": 1}""", "/pattern", "must be a string")]
    [InlineData("""{"format": 1}""", "/format", "must be a string")]
    [InlineData("""{"enum": 1}""", "/enum", "array of the values")]
    [InlineData("""{"allOf": []}""", "/allOf", "at least one schema")]
    [InlineData("""{"anyOf": {}}""", "/anyOf", "at least one schema")]
    [InlineData("""{"oneOf": [1]}""", "/oneOf/0", "must be an object")]
    [InlineData("""{"not": "x"}""", "/not", "must be an object")]
    [InlineData("""{"properties": []}""", "/properties", "must be an object")]
    [InlineData("""{"properties": {"a/b": 1}}""", "/properties/a~1b", "must be an object")]
    [InlineData("""{"items": [{}]}""", "/items", "prefixItems")]
    [InlineData("""{"prefixItems": {}}""", "/prefixItems", "at least one schema")]
    [InlineData("""{"dependentRequired": {"a": "b"}}""", "/dependentRequired/a", "array of strings")]
    [InlineData("""{"dependentSchemas": {"a": []}}""", "/dependentSchemas/a", "must be an object")]
    [InlineData("""{"$defs": {"unused": {"type": "nothing"}}}""", "/$defs/unused/type", "not known")]
    [InlineData("""{"definitions": {"unused": 1}}""", "/definitions/unused", "must be an object")]
    [InlineData("""{"$id": 1}""", "/$id", "must be a string")]
    [InlineData("""{"$id": "http://x/a#b"}""", "/$id", "use $anchor for 'b'")]
    [InlineData("""{"$anchor": "1a"}""", "/$anchor", "begins with a letter")]
    [InlineData("""{"$anchor": "a", "not": {"$anchor": "a"}}""", "/not/$anchor", "stands twice")]
    [InlineData("""{"$dynamicAnchor": "a", "not": {"$anchor": "a"}}""", "/not/$anchor", "stands twice")]
    [InlineData("""{"$id": "http://x/a", "not": {"$id": "a"}}""", "/not/$id", "stands twice")]
    [InlineData("""{"$schema": "http://json-schema.org/draft-04/schema#", "$schema2": 1}""", "/$schema", "https://json-schema.org/draft/2020-12/schema or http://json-schema.org/draft-07/schema#")]
    [InlineData("""{"$schema": 7}""", "/$schema", "must be a string")]
    [InlineData("""{"$ref": 1}""", "/$ref", "must be a string")]
    [InlineData("""{"$ref": "#/nowhere"}""", "/$ref", "nothing is at '#/nowhere'")]
    [InlineData("""{"$ref": "#nowhere"}""", "/$ref", "nothing is at '#nowhere'")]
    [InlineData("""{"$ref": "#/type", "type": "string"}""", "/type", "must be an object")]
    [InlineData("""{"$ref": "other.json"}""", "/$ref", "relative")]
    [InlineData("""{"$ref": "http://x/other"}""", "/$ref", "register it first")]
    [InlineData("""{"items": {"$dynamicRef": "http://x/other#a"}}""", "/items/$dynamicRef", "register it first")]
    [InlineData("""{"$ref": "#"}""", "", "never end")]
    [InlineData("""{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}]}}}""", "/$defs/a/anyOf/0", "never end")]
    [InlineData("""{"not": {"if": {"$ref": "#"}}}""", "/not/if", "never end")]
    [InlineData("""{"dependentSchemas": {"a": {"$ref": "#"}}}""", "/dependentSchemas/a", "never end")]
    public void Definition_ThatIsNoSchema_HasAFault(string definition, string pointer, string problem)
    {
        var fault = Schemas.Faults(definition)[0];
        Assert.Equal(pointer, fault.Pointer);
        Assert.Contains(problem, fault.Message);
        Assert.EndsWith(".", fault.Message);
    }

    [Theory]
    [InlineData("http://json-schema.org/draft-07/schema#")]
    [InlineData("http://json-schema.org/draft-07/schema")]
    [InlineData("https://json-schema.org/draft-07/schema#")]
    public void Dialect_OfDraft7_IsReadAsDraft7(string uri)
    {
        // In draft 7 nothing beside a $ref counts, and items can be a list.
        Assert.True(Schemas.Accepts($$"""{"$schema": "{{uri}}", "items": [{"$ref": "#/definitions/a", "type": "string"}], "definitions": {"a": true} }""", "[1]"));
    }

    [Theory]
    [InlineData("https://json-schema.org/draft/2020-12/schema")]
    [InlineData("http://json-schema.org/draft/2020-12/schema#")]
    public void Dialect_Of202012_IsTheDefault(string uri)
    {
        const string rest = "\"$ref\": \"#/$defs/a\", \"type\": \"string\", \"$defs\": {\"a\": true}}";
        Assert.False(Schemas.Accepts("{" + rest, "1"));
        Assert.False(Schemas.Accepts($"{{\"$schema\": \"{uri}\", {rest}", "1"));
    }

    [Fact]
    public void Reference_ToARegisteredDocument_IsFollowedAndItsFaultsAreShown()
    {
        var documents = new Dictionary<string, string>
        {
            ["baton:schema/number"] = """{"type": "number"}""",
            ["baton:schema/broken"] = """{"properties": {"a": {"type": "x"}}}""",
            ["baton:schema/deeper"] = """{"$ref": "baton:schema/missing"}""",
        };
        byte[]? Registered(string uri) => documents.TryGetValue(uri, out var text) ? Encoding.UTF8.GetBytes(text) : null;
        var compilation = CompiledSchema.Compile("""{"items": {"$ref": "baton:schema/number#"}}"""u8.ToArray(), Registered);
        Assert.Empty(compilation.Schema!.Validate("[1]"));
        Assert.Equal("/0", Assert.Single(compilation.Schema!.Validate("[\"a\"]")).Pointer);

        var broken = Assert.Single(Schemas.Faults("""{"items": {"$ref": "baton:schema/broken"}}""", Registered));
        Assert.Equal("/items", broken.Pointer);
        Assert.Contains("In baton:schema/broken, at '/properties/a/type': The type 'x'", broken.Message);
        Assert.Contains("'baton:schema/missing' is registered", Assert.Single(Schemas.Faults("""{"$ref": "baton:schema/deeper"}""", Registered)).Message);
    }

    /// <summary>RFC 6901 has neither; but definitions may have been registered so.</summary>
    [Theory]
    [InlineData("#/prefixItems/01")]
    [InlineData("#/prefixItems/+1")]
    public void Reference_WithALooseIndex_IsFollowed(string reference)
    {
        var definition = $$$"""{"properties": {"a": {"$ref": "{{{reference}}}"}}, "prefixItems": [true, {"type": "string"}]}""";
        Assert.True(Schemas.Accepts(definition, """{"a": "x"}"""));
        Assert.False(Schemas.Accepts(definition, """{"a": 1}"""));
    }

    [Theory]
    [InlineData("a/b", "#/$defs/a~1b")]
    [InlineData("a~b", "#/$defs/a~0b")]
    [InlineData("~1", "#/$defs/~01")]
    [InlineData("a b", "#/$defs/a%20b")]
    public void Reference_WithEscapes_IsFollowed(string name, string reference)
    {
        var definition = $$$"""{"properties": {"a": {"$ref": "{{{reference}}}"}}, "$defs": {"{{{name}}}": {"type": "string"} } }""";
        Assert.True(Schemas.Accepts(definition, """{"a": "x"}"""));
        Assert.False(Schemas.Accepts(definition, """{"a": 1}"""));
    }

    [Fact]
    public void Registered_WithSeveralReferences_IsAskedOncePerDocument()
    {
        var asked = new List<string>();
        byte[]? Registered(string uri)
        {
            asked.Add(uri);
            return "true"u8.ToArray();
        }

        const string definition = """
            {"anyOf": [{"$ref": "http://x/a"}, {"$ref": "http://x/a#"}, {"$ref": "https://json-schema.org/draft/2020-12/schema"},
                       {"$ref": "http://json-schema.org/draft-07/schema#"}]}
            """;
        Assert.Empty(Schemas.Faults(definition, Registered));
        Assert.Equal(["http://x/a"], asked);
    }

    [Fact]
    public void MetaSchema_OfOwnVocabulary_IsReadFromWhatIsRegistered()
    {
        static byte[]? Registered(string uri) => uri == "http://x/meta"
            ? """{"$schema": "https://json-schema.org/draft/2020-12/schema", "$vocabulary": {"http://x/vocab": true}}"""u8.ToArray()
            : null;
        var fault = Assert.Single(Schemas.Faults("""{"$schema": "http://x/meta"}""", Registered));
        Assert.Contains("'http://x/vocab' is required", fault.Message);
    }

    [Fact]
    public void Recursion_ThatGoesIntoTheDocument_IsNoLoop() =>
        Assert.True(Schemas.Accepts("""{"properties": {"a": {"$ref": "#"}}, "type": "object"}""", """{"a":{"a":{}}}"""));
}
