using System.Text;
using System.Text.Json;
using Baton.JsonSchema;

namespace Baton.Tests.JsonSchema;

/// <summary>Every case of the official suite, with `format` as an annotation.</summary>
public sealed class OfficialSuiteTests
{
    public static TheoryData<string, string> Files() =>
    [
        .. SuiteFiles.Names("draft7").Select(name => ("draft7", name)),
        .. SuiteFiles.Names("draft2020-12").Select(name => ("draft2020-12", name)),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Case_OfTheOfficialSuite_HasItsVerdict(string draft, string name)
    {
        Assert.SkipWhen(SuiteFiles.Root is null, "The JSON Schema test suite is not here: set BATON_SCHEMA_SUITE.");
        var wrong = new List<string>();
        foreach (var group in SuiteFiles.Read(draft, name).EnumerateArray())
        {
            var compilation = SuiteFiles.Compile(group.GetProperty("schema"), draft);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var verdict = Verdict(compilation, test.GetProperty("data"));
                if (verdict == (test.GetProperty("valid").GetBoolean() ? "valid" : "invalid")) continue;
                wrong.Add($"{group.GetProperty("description")} | {test.GetProperty("description")}: {verdict}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    static string Verdict(SchemaCompilation compilation, JsonElement data)
    {
        if (compilation.Schema is null) return string.Join("; ", compilation.Faults);
        return compilation.Schema.Validate(Encoding.UTF8.GetBytes(data.GetRawText())).Count == 0 ? "valid" : "invalid";
    }
}
