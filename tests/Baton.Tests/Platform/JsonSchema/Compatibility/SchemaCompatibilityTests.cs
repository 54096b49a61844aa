namespace Baton.Tests.Platform.JsonSchema.Compatibility;

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
    }
}
