using Baton.JsonSchema;

namespace Baton.Tests.JsonSchema.Compatibility;

public sealed class SchemaCompatibilityTests
{
    static readonly Change[] s_changes =
    [
        .. ValueChanges.AnyKind, .. ValueChanges.Numbers, .. ValueChanges.Strings, .. ContainerChanges.Arrays,
        .. ContainerChanges.Objects, .. CombinedChanges.Combinations, .. CombinedChanges.References, .. CombinedChanges.Dialects,
    ];

    public static TheoryData<string> Names { get; } = [.. s_changes.Select(change => change.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Compare_EveryChange_ComesToWhatTheTableSays(string name)
    {
        var change = s_changes.Single(one => one.Name == name);
        var verdict = change.Compare();
        Assert.True(change.Expected.ToString() == verdict.Outcome.ToString(), $"{verdict}");
        Assert.Equal(verdict.IsCompatible, verdict.Reason is null);
        Assert.Equal(verdict.IsCompatible, verdict.Pointer is null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Table_EveryIncompatibleChange_HasAWitness(string name)
    {
        var change = s_changes.Single(one => one.Name == name);
        Assert.Equal(change.Expected == CompatibilityOutcomeName.Incompatible, change.Witness is not null);
        var (older, newer) = (Compile(change.Older), Compile(change.Newer));
        if (change.Witness is null) return;
        var document = Change.Json(change.Witness);
        Assert.Empty(older.Validate(document));
        Assert.NotEmpty(newer.Validate(document));
    }

    static CompiledSchema Compile(string definition)
    {
        var compilation = CompiledSchema.Compile(Change.Json(definition));
        Assert.Empty(compilation.Faults);
        return compilation.Schema!;
    }
}
