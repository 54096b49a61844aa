using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.JsonSchema;

/// <summary>What holds of any schema and any document.</summary>
public sealed class ValidationLawTests
{
    const int Count = 500;

    static readonly Gen<(string Definition, string Document)> s_cases = SchemaSamples.Definitions.Zip(JsonSamples.Values);
    static readonly Gen<(string Schema, string Document)> s_newer = SchemaSamples.Newer.Zip(JsonSamples.Values);

    [Fact]
    public void BothPasses_OfAnyDocument_Agree() => Laws.Hold(s_cases, Check =>
    {
        var schema = Schemas.Compile(Check.Definition);
        var all = schema.Validate(Encoding.UTF8.GetBytes(Check.Document), maxErrors: 1000);
        // The collecting pass runs only if the quick one said no: then it must have found something, and say where.
        var root = JsonElement.Parse(Check.Document);
        Assert.All(all, violation => Assert.True(Exists(root, violation.Pointer), violation.ToString()));
        Assert.Equal(all.Take(1), schema.Validate(Encoding.UTF8.GetBytes(Check.Document), maxErrors: 1));
    }, Count);

    [Fact]
    public void Verdict_OfMembersInAnotherOrder_IsTheSame() => Laws.Hold(s_cases, Check =>
    {
        var schema = Schemas.Compile(Check.Definition);
        var reversed = JsonSamples.Reverse(JsonElement.Parse(Check.Document));
        Assert.Equal(schema.Validate(Check.Document).Count == 0, schema.Validate(reversed).Count == 0);
    }, Count);

    [Fact]
    public void AllOf_OfOneSchema_IsThatSchema() => IsTheSame(schema => $$"""{"allOf": [{{schema}}]}""");

    [Fact]
    public void AnyOfAndOneOf_OfOneSchema_AreThatSchema()
    {
        IsTheSame(schema => $$"""{"anyOf": [{{schema}}]}""");
        IsTheSame(schema => $$"""{"oneOf": [{{schema}}]}""");
    }

    [Fact]
    public void AnyOf_OfASchemaTwice_IsThatSchema() => IsTheSame(schema => $$"""{"anyOf": [{{schema}}, {{schema}}]}""");

    [Fact]
    public void Not_OfNot_IsTheSchema() => IsTheSame(schema => $$"""{"not": {"not": {{schema}} } }""");

    [Fact]
    public void If_OfASchema_ChoosesByIt() => IsTheSame(schema => $$"""{"if": {{schema}}, "then": true, "else": false}""");

    [Fact]
    public void Unevaluated_OfNothingLeft_ChangesNothing() => IsTheSame(schema =>
        $$"""{"allOf": [{{schema}}], "unevaluatedProperties": true, "unevaluatedItems": true}""");

    [Fact]
    public void Not_OfASchema_IsItsOpposite() => Laws.Hold(s_newer, Check => Assert.NotEqual(
        Accepts(Check.Schema, Check.Document),
        Accepts($$"""{"not": {{Check.Schema}} }""", Check.Document)), Count);

    [Fact]
    public void Const_OfAValue_AcceptsIt() => Laws.Hold(JsonSamples.Values, value =>
    {
        Assert.True(Schemas.Accepts($$"""{"const": {{value}} }""", value));
        Assert.True(Schemas.Accepts($$"""{"enum": [{{value}}]}""", JsonSamples.Reverse(JsonElement.Parse(value))));
        Assert.False(Schemas.Accepts("""{"uniqueItems": true}""", $"[{value}, {JsonSamples.Reverse(JsonElement.Parse(value))}]"));
    }, Count);

    [Fact]
    public void Definition_OfEitherDraft_FitsItsMetaSchema()
    {
        var newer = Schemas.Compile("""{"$ref": "https://json-schema.org/draft/2020-12/schema"}""");
        var older = Schemas.Compile("""{"$ref": "http://json-schema.org/draft-07/schema#"}""");
        Laws.Hold(SchemaSamples.Definitions, definition =>
            Assert.Empty((definition.Contains("draft-07", StringComparison.Ordinal) ? older : newer).Validate(definition)));
    }

    [Fact]
    public void Schema_OnManyThreads_HasTheSameVerdicts()
    {
        var schema = Schemas.Compile("""
            {"properties": {"a": {"pattern": "^(?=x)x+$", "minLength": 2}, "b": {"uniqueItems": true, "items": {"enum": [1, "é", {"x": 1}]}}},
             "unevaluatedProperties": {"pattern": "^\\p{L}+$"}}
            """);
        Parallel.For(0, 2_000, number =>
        {
            var isValid = number % 2 == 0;
            var document = $$"""{"a": "{{new string('x', 2 + number % 50)}}", "b": [1, "\u00e9", {"x": 1.0}], "c": "{{(isValid ? "straße" : "4")}}"}""";
            Assert.Equal(isValid, schema.Validate(document).Count == 0);
        });
    }

    static void IsTheSame(Func<string, string> wrap) => Laws.Hold(s_newer, Check => Assert.Equal(
        Accepts(Check.Schema, Check.Document), Accepts(wrap(Check.Schema), Check.Document)), Count / 2);

    static bool Accepts(string schema, string document) => Schemas.Accepts(SchemaSamples.Wrap(schema, draft: null), document);

    static bool Exists(JsonElement root, string pointer)
    {
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (root.ValueKind == JsonValueKind.Object)
            {
                if (!root.TryGetProperty(name, out root)) return false;
            }
            else if (root.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index < root.GetArrayLength())
            {
                root = root[index];
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
