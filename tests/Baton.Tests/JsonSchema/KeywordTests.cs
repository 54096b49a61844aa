namespace Baton.Tests.JsonSchema;

/// <summary>What keywords mean where they meet others: also where the official suite is not at hand.</summary>
public sealed class KeywordTests
{
    const string Draft7 = "\"$schema\": \"http://json-schema.org/draft-07/schema#\"";

    [Theory]
    [InlineData("""{"allOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}""", """{"a":1}""", true)]
    [InlineData("""{"allOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}""", """{"b":1}""", false)]
    [InlineData("""{"anyOf": [{"properties": {"a": true}, "required": ["b"]}, true], "unevaluatedProperties": false}""", """{"a":1}""", false)]
    [InlineData("""{"anyOf": [{"properties": {"a": true}}, {"properties": {"b": true}}], "unevaluatedProperties": false}""", """{"a":1,"b":1}""", true)]
    [InlineData("""{"oneOf": [{"properties": {"a": {"const": 1}}, "required": ["a"]}, {"properties": {"b": true}, "required": ["b"]}], "unevaluatedProperties": false}""", """{"a":1}""", true)]
    [InlineData("""{"not": {"properties": {"a": {"const": 2}}}, "unevaluatedProperties": false}""", """{"a":1}""", false)]
    [InlineData("""{"if": {"properties": {"a": {"const": 1}}}, "then": {"properties": {"b": true}}, "unevaluatedProperties": false}""", """{"a":1,"b":1}""", true)]
    [InlineData("""{"if": {"properties": {"a": {"const": 1}}}, "then": {"properties": {"b": true}}, "unevaluatedProperties": false}""", """{"a":2}""", false)]
    [InlineData("""{"dependentSchemas": {"a": {"properties": {"a": true, "b": true}}}, "unevaluatedProperties": false}""", """{"a":1,"b":1}""", true)]
    [InlineData("""{"dependentSchemas": {"a": {"properties": {"a": true, "b": true}}}, "unevaluatedProperties": false}""", """{"b":1}""", false)]
    [InlineData("""{"$ref": "#/$defs/a", "unevaluatedProperties": false, "$defs": {"a": {"patternProperties": {"^x": true}}}}""", """{"x1":1}""", true)]
    [InlineData("""{"allOf": [{"properties": {"a": true}}, {"unevaluatedProperties": false}]}""", """{"a":1}""", false)]
    [InlineData("""{"allOf": [{"unevaluatedProperties": true}], "unevaluatedProperties": false}""", """{"a":1}""", true)]
    [InlineData("""{"properties": {"a": {"unevaluatedProperties": false}}, "unevaluatedProperties": false}""", """{"a":{"b":1}}""", false)]
    [InlineData("""{"unevaluatedProperties": {"type": "string"}}""", """{"a":"x"}""", true)]
    [InlineData("""{"unevaluatedProperties": {"type": "string"}}""", """{"a":1}""", false)]
    [InlineData("""{"prefixItems": [true], "unevaluatedItems": false}""", "[1]", true)]
    [InlineData("""{"prefixItems": [true], "unevaluatedItems": false}""", "[1,2]", false)]
    [InlineData("""{"allOf": [{"prefixItems": [true, true]}], "unevaluatedItems": false}""", "[1,2]", true)]
    [InlineData("""{"contains": {"type": "string"}, "unevaluatedItems": {"type": "integer"}}""", """[1,"a",2]""", true)]
    [InlineData("""{"contains": {"type": "string"}, "unevaluatedItems": {"type": "integer"}}""", """[1,"a",null]""", false)]
    [InlineData("""{"anyOf": [{"items": true, "minItems": 9}, true], "unevaluatedItems": false}""", "[1]", false)]
    [InlineData("""{"items": {"unevaluatedItems": false}, "unevaluatedItems": false}""", "[[1]]", false)]
    public void Unevaluated_BesideOtherKeywords_SeesWhatSucceeded(string schema, string document, bool isValid) =>
        Assert.Equal(isValid, Schemas.Accepts(schema, document));

    [Theory]
    [InlineData("""{"contains": {"const": 1}, "minContains": 0}""", "[]", true)]
    [InlineData("""{"contains": {"const": 1}, "minContains": 2}""", "[1,2,1]", true)]
    [InlineData("""{"contains": {"const": 1}, "maxContains": 1}""", "[1,2,1]", false)]
    [InlineData("""{"minContains": 2}""", "[]", true)]
    [InlineData("""{"prefixItems": [{"type": "string"}], "contains": {"const": 1}}""", "[]", false)]
    [InlineData("""{"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}""", """["a",1,2]""", true)]
    [InlineData("""{"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}""", """["a",1,"b"]""", false)]
    [InlineData("""{"uniqueItems": true}""", """[{"a":1,"b":[2]},{"b":[2.0],"a":1e0}]""", false)]
    [InlineData("""{"uniqueItems": true}""", """[1,true,"1",[1],{"a":1},null,0,false,"a","b"]""", true)]
    [InlineData("""{"uniqueItems": true}""", """["a","b","c","d","e","f","g","h","i","\u0061"]""", false)]
    [InlineData("""{"const": {"a": [1, {"b": null}]}}""", """{"a":[1.0,{"\u0062":null}]}""", true)]
    [InlineData("""{"const": 0}""", "false", false)]
    [InlineData("""{"const": [1, 2]}""", "[2,1]", false)]
    [InlineData("""{"const": {"a": 1}}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"enum": ["é", 10]}""", "\"\\u00e9\"", true)]
    [InlineData("""{"enum": ["é", 10]}""", "1e1", true)]
    [InlineData("""{"enum": []}""", "1", false)]
    [InlineData("""{"properties": {"ab": false}}""", """{"\u0061b":1}""", false)]
    [InlineData("""{"required": ["ab"]}""", """{"\u0061b":1}""", true)]
    [InlineData("""{"properties": {"__proto__": {"type": "string"}, "constructor": {"type": "string"}}}""", """{"toString":1}""", true)]
    [InlineData("""{"propertyNames": {"enum": ["a"]}}""", """{"\u0061":1}""", true)]
    [InlineData("""{"dependencies": {"a": ["b"], "c": {"required": ["d"]}}}""", """{"a":1,"b":1,"c":1}""", false)]
    [InlineData("""{"maxLength": 2}""", "\"😀😀\"", true)]
    [InlineData("""{"minLength": 3}""", "\"😀😀\"", false)]
    [InlineData("""{"type": "integer"}""", "1.0", true)]
    [InlineData("""{"type": "integer"}""", "1.5", false)]
    [InlineData("""{"type": "number"}""", "true", false)]
    [InlineData("""{"then": false, "else": false}""", "1", true)]
    [InlineData("""{"minimum": 5, "minLength": 5, "minItems": 5, "minProperties": 5}""", "null", true)]
    public void Keyword_OfDraft202012_MeansWhatItMeansThere(string schema, string document, bool isValid) =>
        Assert.Equal(isValid, Schemas.Accepts(schema, document));

    [Theory]
    [InlineData("\"items\": [{\"type\": \"string\"}], \"additionalItems\": {\"type\": \"integer\"}", """["a",1]""", true)]
    [InlineData("\"items\": [{\"type\": \"string\"}], \"additionalItems\": false", """["a",1]""", false)]
    [InlineData("\"items\": {}, \"additionalItems\": false", """["a",1]""", true)]
    [InlineData("\"items\": []", "[1]", true)]
    [InlineData("\"prefixItems\": [false], \"unevaluatedItems\": false, \"dependentRequired\": {\"a\": [\"b\"]}", "[1]", true)]
    [InlineData("\"contains\": true, \"minContains\": 2", "[1]", true)]
    [InlineData("\"$ref\": \"#/definitions/a\", \"type\": \"string\", \"definitions\": {\"a\": {\"$id\": \"#b\"}}", "1", true)]
    [InlineData("\"not\": {\"$ref\": \"#b\"}, \"definitions\": {\"a\": {\"$id\": \"#b\"}}", "1", false)]
    public void Keyword_OfDraft7_MeansWhatItMeansThere(string keywords, string document, bool isValid) =>
        Assert.Equal(isValid, Schemas.Accepts($"{{{Draft7}, {keywords}}}", document));

    [Theory]
    [InlineData("""{"$ref": "#/$defs/a~1b/%25", "$defs": {"a/b": {"%": {"type": "string"}}}}""")]
    [InlineData("""{"$ref": "#here", "$defs": {"a": {"$anchor": "here", "type": "string"}}}""")]
    [InlineData("""{"$id": "http://x/y/root", "$ref": "part", "$defs": {"a": {"$id": "part", "type": "string"}}}""")]
    [InlineData("""{"$id": "http://x/y/root", "$ref": "../z/part#/$defs/b", "$defs": {"a": {"$id": "/z/part", "$defs": {"b": {"type": "string"}}}}}""")]
    [InlineData("""{"$id": "http://x/root", "$ref": "inner#n", "$defs": {"a": {"$id": "inner", "$defs": {"b": {"$anchor": "n", "type": "string"}}}, "c": {"$anchor": "n"}}}""")]
    [InlineData("""{"$id": "urn:uuid:9e7a-4f", "$ref": "urn:uuid:9e7a-4f#/$defs/a", "$defs": {"a": {"type": "string"}}}""")]
    [InlineData("""{"$ref": "#/x/0", "x": [{"type": "string"}]}""")]
    [InlineData("""{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"type": "string"}}}""")]
    [InlineData("""{"$dynamicRef": "#n", "$defs": {"a": {"$anchor": "n", "type": "string"}}}""")]
    [InlineData("""{"properties": {"$ref": {"type": "integer"}}, "type": "string"}""")]
    [InlineData("""{"const": {"$ref": "#/nowhere", "$id": "not a uri"}, "type": "integer"}""")]
    public void Reference_ToAnyPlace_IsFollowed(string schema)
    {
        Assert.False(Schemas.Accepts(schema, "1"));
        if (!schema.Contains("const", StringComparison.Ordinal)) Assert.True(Schemas.Accepts(schema, "\"a\""));
    }

    [Theory]
    [InlineData("""[{"name":"a","children":[{"name":"b","children":[]}]}]""", true)]
    [InlineData("""[{"name":"a","children":[{"name":"b","childs":[]}]}]""", false)]
    public void DynamicReference_OfAnExtendedTree_LeadsToTheExtension(string document, bool isValid)
    {
        const string schema = """
            {"$id": "http://x/strict", "$dynamicAnchor": "node", "$ref": "tree", "unevaluatedProperties": false, "type": ["object", "array"],
             "items": {"$ref": "#"},
             "$defs": {"tree": {"$id": "tree", "$dynamicAnchor": "node", "properties": {
               "name": true, "children": {"type": "array", "items": {"$dynamicRef": "#node"}}}}}}
            """;
        Assert.Equal(isValid, Schemas.Accepts(schema, document));
        Assert.True(Schemas.Accepts(schema.Replace("\"$dynamicRef\": \"#node\"", "\"$ref\": \"#node\"", StringComparison.Ordinal), document));
    }
}
