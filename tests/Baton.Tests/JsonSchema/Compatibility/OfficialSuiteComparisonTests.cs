using System.Text;
using System.Text.Json;
using Baton.JsonSchema;
using Baton.JsonSchema.Compatibility;
using Baton.JsonSchema.Compatibility.Formulas;
using Baton.JsonSchema.Compatibility.Reading;

namespace Baton.Tests.JsonSchema.Compatibility;

/// <summary>The schemas of the official suite were made to be misread: here they are read, and compared with each other.</summary>
public sealed class OfficialSuiteComparisonTests
{
    sealed record Entry(byte[] Text, CompiledSchema Schema, string Description);

    public static TheoryData<string> Files() =>
        [.. SuiteFiles.Names("draft2020-12").Union(SuiteFiles.Names("draft7"))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Formula_OfTheOfficialSuite_HoldsForWhatIsValid(string name)
    {
        var (entries, documents) = Read(name);
        var unknown = 0;
        foreach (var entry in entries)
        {
            var budget = new Budget(100_000_000);
            var reader = new SchemaReader(
                new SchemaLinks(entry.Text, SuiteFiles.Registered), new FormulaFactory(), isNewer: false, budget);
            var formula = reader.ReadRoot();
            var evaluator = new Evaluator(new TextRules(budget), budget);
            foreach (var document in documents)
            {
                var holds = evaluator.Evaluate(formula, Instance.Read(JsonElement.Parse(document)));
                if (holds is null) unknown++;
                if (holds is null) continue;
                var isValid = entry.Schema.Validate(document).Count == 0;
                Assert.True(holds == isValid, $"{entry.Description}: {Encoding.UTF8.GetString(document)} is valid: {isValid}");
            }
        }

        // Where a dynamic reference leads, or what many branches evaluate, is not expressed by a formula.
        var mayBeUnknown = name is "defs.json" or "dynamicRef.json" || name.StartsWith("unevaluated", StringComparison.Ordinal);
        Assert.True(unknown == 0 || mayBeUnknown, $"{unknown} of {entries.Count * documents.Count}");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Compare_SchemasOfTheOfficialSuite_AcceptsNothingThatInvalidatesADocument(string name)
    {
        var (entries, documents) = Read(name);
        foreach (var older in entries)
        {
            var valid = documents.Where(document => older.Schema.Validate(document).Count == 0).ToList();
            foreach (var newer in entries)
            {
                var verdict = SchemaCompatibility.Compare(older.Text, newer.Text, SuiteFiles.Registered);
                if (older == newer) Assert.True(verdict.IsCompatible, $"{older.Description}: {verdict}");
                if (!verdict.IsCompatible) continue;
                var lost = valid.Find(document => newer.Schema.Validate(document).Count > 0);
                Assert.True(
                    lost is null,
                    $"{older.Description} -> {newer.Description}: {Encoding.UTF8.GetString(lost ?? [])}");
            }
        }
    }

    /// <summary>What one file has in both drafts, with the documents of all its cases.</summary>
    static (List<Entry> Entries, List<byte[]> Documents) Read(string name)
    {
        Assert.SkipWhen(SuiteFiles.Root is null, "The JSON Schema test suite is not here: set BATON_SCHEMA_SUITE.");
        var groups = (
            from draft in (string[])["draft7", "draft2020-12"]
            where SuiteFiles.Names(draft).Contains(name)
            from item in SuiteFiles.Read(draft, name).EnumerateArray()
            select (Draft: draft, Group: item)).ToList();
        var entries =
            from item in groups
            let text = SuiteFiles.Text(item.Group.GetProperty("schema"), item.Draft)
            let schema = CompiledSchema.Compile(text, SuiteFiles.Registered).Schema
            where schema is not null
            select new Entry(text, schema, $"{item.Draft} {item.Group.GetProperty("description")}");
        var documents =
            from item in groups
            from test in item.Group.GetProperty("tests").EnumerateArray()
            select test.GetProperty("data").GetRawText();
        return ([.. entries], [.. documents.Distinct().Select(Encoding.UTF8.GetBytes)]);
    }
}
