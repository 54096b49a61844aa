using System.Text;
using System.Text.Json.Nodes;
using Baton.JsonSchema;
using Baton.JsonSchema.Compatibility;
using FsCheck.Fluent;

namespace Baton.Tests.JsonSchema.Compatibility;

/// <summary>What holds for any two definitions.</summary>
public sealed class SchemaCompatibilityLaws
{
    const int DocumentsPerPair = 40;

    /// <summary>More for a long run by hand.</summary>
    static int Pairs { get; } = int.Parse(Environment.GetEnvironmentVariable("BATON_SCHEMA_PAIRS") ?? "3000");

    [Fact]
    public void Compare_AnyTwoDefinitions_AcceptsNothingThatInvalidatesADocument()
    {
        var count = new Counts();
        Laws.Hold(Gen.Choose(0, int.MaxValue), seed => CheckPair(new Random(seed), count), Pairs);
        // What is never accepted or never valid would prove nothing.
        Assert.True(count.Accepted > Pairs / 5, $"{count}");
        Assert.True(count.Refused > Pairs / 8, $"{count}");
        Assert.True(count.Undecided < Pairs / 50, $"{count}");
        Assert.True(count.Valid > count.Accepted * DocumentsPerPair / 5, $"{count}");
        // Random documents have to be good at showing what an acceptance would have broken.
        Assert.True(count.Shown > count.Refused / 2, $"{count}");
        TestContext.Current.SendDiagnosticMessage($"{count}");
    }

    [Fact]
    public void Compare_ADefinitionWithItself_Accepts()
    {
        var undecided = 0;
        Laws.Hold(Gen.Choose(0, int.MaxValue), seed =>
        {
            var schemas = new RandomSchemas(new Random(seed));
            var definition = schemas.Definition();
            if (Compile(definition) is null) return;
            var described = (JsonObject)definition.DeepClone();
            described["description"] = "Another text.";
            var verdict = SchemaCompatibility.Compare(Bytes(definition), Bytes(described));
            Assert.True(
                verdict.Outcome != CompatibilityOutcome.Incompatible, $"{definition.ToJsonString()}\n{verdict}");
            if (!verdict.IsCompatible) undecided++;
        });
        // The work is bounded: about one random definition in several thousand is too complex to be compared.
        Assert.InRange(undecided, 0, 3);
    }

    static void CheckPair(Random random, Counts count)
    {
        var schemas = new RandomSchemas(random);
        var older = schemas.Definition();
        var newer = random.Next(4) == 0 ? schemas.Definition() : new RandomChanges(random, schemas).Change(older);
        if (Compile(older) is not { } was || Compile(newer) is not { } becomes) return;
        var verdict = SchemaCompatibility.Compare(Bytes(older), Bytes(newer));
        count.Add(verdict.Outcome);
        var documents = new RandomDocuments(random, schemas, older);
        var isShown = false;
        for (var number = 0; number < DocumentsPerPair; number++)
        {
            var document = Bytes(documents.Towards(older, depth: 4));
            if (was.Validate(document).Count > 0) continue;
            if (verdict.IsCompatible) count.Valid++;
            var isKept = becomes.Validate(document).Count == 0;
            isShown |= !isKept;
            Assert.True(
                isKept || !verdict.IsCompatible,
                $"{older.ToJsonString()}\n{newer.ToJsonString()}\n{Encoding.UTF8.GetString(document)}");
        }

        if (isShown) count.Shown++;
        if (verdict.Witness is not { } witness) return;
        Assert.Empty(was.Validate(Encoding.UTF8.GetBytes(witness)));
        Assert.NotEmpty(becomes.Validate(Encoding.UTF8.GetBytes(witness)));
    }

    static CompiledSchema? Compile(JsonNode definition) => CompiledSchema.Compile(Bytes(definition)).Schema;

    static byte[] Bytes(JsonNode? node) => Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null");

    sealed record Counts
    {
        public int Accepted { get; private set; }

        public int Refused { get; private set; }

        public int Undecided { get; private set; }

        public int Valid { get; set; }

        public int Shown { get; set; }

        public void Add(CompatibilityOutcome outcome)
        {
            if (outcome == CompatibilityOutcome.Compatible) Accepted++;
            if (outcome == CompatibilityOutcome.Incompatible) Refused++;
            if (outcome == CompatibilityOutcome.Undecided) Undecided++;
        }
    }
}
