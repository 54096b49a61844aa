using System.Text;
using Baton.Bench.Reports;
using Baton.JsonSchema;

namespace Baton.Bench.Schemas;

/// <summary>`script/bench schema`: validating a small and a large document, beside Ajv.</summary>
internal static class SchemaSuite
{
    public static async Task<SuiteResult> MeasureAsync(Suite suite, CancellationToken cancellation)
    {
        var plan = suite.Plan;
        var machine = await suite.ReadMachineAsync(cancellation, "node");
        byte[][] documents = [SampleDocuments.Small(), SampleDocuments.Large(), SampleDocuments.Invalid()];
        var schema = Compile();
        CheckVerdict(schema, documents[^1]);
        using var ajv = await AjvPeer.StartAsync(suite, SampleDocuments.Schema, documents, cancellation);
        var rounds = new ValidationRounds(schema, ajv, plan, suite.Progress);
        var small = await rounds.RunAsync("small document", documents[0], number: 0, cancellation);
        var large = await rounds.RunAsync("large document", documents[1], number: 1, cancellation);
        return new SuiteResult
        {
            Name = "schema",
            Title = "schemas",
            Machine = machine,
            Criteria =
            [
                Criterion.Below("small document, µs", small.Baton, 5),
                Criterion.AtLeast("large document, MB/s", large.MegabytesPerSecond(large.Baton), 200),
                Criterion.AtLeast("small document, JSON.parse and Ajv / Baton, time", small.AjvParse / small.Baton, 1),
                Criterion.AtLeast("large document, JSON.parse and Ajv / Baton, time", large.AjvParse / large.Baton, 1),
            ],
            Load = [],
            Notes = [.. small.Lines(), .. large.Lines()],
            Method = [.. Method(plan)],
        };
    }

    static IEnumerable<string> Method(BenchPlan plan) =>
    [
        "A report of findings (claim, confidence from 0 to 1, sources) with its author and its time, and a schema of draft "
            + "2020-12 with a reference, bounds, required properties and `format: date-time`, which both sides assert. "
            + "Both must find both documents valid, and a third one, with a confidence of 1.51, invalid.",
        $"One thread each, on one machine, in turns: {plan.ValidationRoundCount} rounds of about "
            + $"{plan.ValidationRoundTime.TotalSeconds} s for each line, after a warm-up of "
            + $"{plan.ValidationWarmUpTime.TotalSeconds} s. Medians are compared. Only the ratios are meant to travel.",
        "Baton: `CompiledSchema.Validate` of UTF-8 bytes. Ajv: compiled, with ajv-formats, in node; once with decoding and "
            + "`JSON.parse` of the same bytes, which a server has to do as well, and once without.",
    ];

    static CompiledSchema Compile() => CompiledSchema.Compile(Encoding.UTF8.GetBytes(SampleDocuments.Schema)).Schema
        ?? throw new BenchException("the schema does not compile");

    static void CheckVerdict(CompiledSchema schema, byte[] invalid)
    {
        if (schema.Validate(invalid) is not [{ Keyword: "maximum" }])
            throw new BenchException("Baton has another verdict on the invalid document");
    }
}
