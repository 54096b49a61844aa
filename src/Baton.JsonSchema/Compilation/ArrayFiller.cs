using System.Text.Json;
using Baton.JsonSchema.Checks;
using Baton.JsonSchema.Checks.Keywords;
using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Compilation;

/// <summary>The keywords for arrays, which the drafts read differently.</summary>
internal sealed class ArrayFiller(SchemaCompiler compiler, KeywordReader reader)
{
    bool Applies => reader.Dialect.Has(Vocabularies.Applicator);

    bool Validates => reader.Dialect.Has(Vocabularies.Validation);

    /// <summary>Null when there are none.</summary>
    public ArrayChecks? Make()
    {
        var (prefix, rest, keyword) = reader.Dialect.IsDraft7 ? Items7() : Items2020();
        var countsContains = Validates && !reader.Dialect.IsDraft7;
        var checks = new ArrayChecks
        {
            Prefix = prefix,
            Rest = rest,
            RestKeyword = keyword,
            Contains = Applies ? compiler.SingleOf(reader, "contains") : null,
            MinContains = (countsContains ? reader.Count("minContains") : null) ?? 1,
            MaxContains = (countsContains ? reader.Count("maxContains") : null) ?? long.MaxValue,
            MinItems = (Validates ? reader.Count("minItems") : null) ?? 0,
            MaxItems = (Validates ? reader.Count("maxItems") : null) ?? long.MaxValue,
            AreUnique = Validates && reader.Flag("uniqueItems"),
        };
        var isEmpty = checks is
        {
            Prefix.Length: 0, Rest: null, Contains: null, MinItems: 0, MaxItems: long.MaxValue, AreUnique: false,
        };
        return isEmpty ? null : checks;
    }

    (SchemaNode[], SchemaNode?, string) Items2020()
    {
        if (!Applies) return ([], null, "items");
        if (reader.TryGet("items", out var items) && items.ValueKind == JsonValueKind.Array)
            reader.Fault("items", "items must be one schema in this draft: write a list of schemas as prefixItems.");
        return (compiler.ListOf(reader, "prefixItems") ?? [], compiler.SingleOf(reader, "items"), "items");
    }

    (SchemaNode[], SchemaNode?, string) Items7()
    {
        if (!reader.TryGet("items", out var items) || items.ValueKind != JsonValueKind.Array)
            return ([], compiler.SingleOf(reader, "items"), "items");
        var prefix = items.GetArrayLength() == 0 ? [] : compiler.ListOf(reader, "items") ?? [];
        return (prefix, compiler.SingleOf(reader, "additionalItems"), "additionalItems");
    }
}
