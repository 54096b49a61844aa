using System.Text.RegularExpressions;

namespace Baton.Tests.Tidy;

/// <summary>The rules of the house that a machine can hold.</summary>
public sealed partial class SourceTests
{
    const int MaxFileLines = 500;
    const int MaxMethodLines = 70;
    const int MaxLineLength = 120;

    static readonly string[] s_all = ["src", "tests", "bench"];

    [Fact]
    public void File_OfAnyProject_IsNotTooLong() => None(
        from file in Repository.Sources(s_all)
        where file.Lines.Length > MaxFileLines
        select $"{file.Path} has {file.Lines.Length} lines");

    [Fact]
    public void Line_OfTheSources_IsNotTooLong() => None(
        from file in Repository.Sources("src")
        from line in file.Lines.Index()
        where line.Item.Length > MaxLineLength
        select $"{file.Path}:{line.Index + 1} has {line.Item.Length} characters");

    [Fact]
    public void Method_OfAnyProject_IsNotTooLong() => None(
        from file in Repository.Sources(s_all)
        from member in Members(file.Lines)
        where member.Length > MaxMethodLines
        select $"{file.Path}:{member.Line} has {member.Length} lines");

    [Fact]
    public void Type_OfAnyProject_HasANameThatSaysSomething() => None(
        from file in Repository.Sources(s_all)
        from line in file.Lines
        let match = TypeName().Match(line)
        where match.Success && EmptyName().IsMatch(match.Groups["name"].Value)
        select $"{file.Path}: {match.Groups["name"].Value}");

    [Fact]
    public void Source_OfAnyProject_HasNoRegionAndNoAsyncVoid() => None(
        from file in Repository.Sources(s_all)
        from line in file.Lines.Index()
        where Forbidden().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1} {line.Item.Trim()}");

    [Fact]
    public void Feature_OfTheServer_ImportsNoOtherFeature() => None(
        from file in Repository.Sources("src/Baton.Server/Features")
        let own = file.Path.Split('/')[3]
        from line in file.Lines
        from Match match in FeatureName().Matches(line)
        where match.Groups["feature"].Value != own
        select $"{file.Path} knows {match.Groups["feature"].Value}");

    [Fact]
    public void Platform_OfTheServer_KnowsNoFeature() => None(
        from file in Repository.Sources("src/Baton.Server/Platform")
        where file.Lines.Any(line => FeatureName().IsMatch(line))
        select file.Path);

    /// <summary>
    /// What nobody awaits is begun by `Background`, which tells how it ends; these few catch everything themselves.
    /// </summary>
    [Fact]
    public void Task_ThatNobodyAwaits_IsSeenTo() => None(
        from file in Repository.Sources("src")
        where !s_seesTo.Contains(Path.GetFileName(file.Path))
        from line in file.Lines.Index()
        where Unawaited().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1} {line.Item.Trim()}");

    static readonly string[] s_seesTo =
        ["Background.cs", "BatonApp.cs", "ClaimBuilder.cs", "CommitLane.cs", "PostgresRowReader.cs"];

    [Fact]
    public void Test_OfAnyClass_IsNamedSubjectConditionOutcome() => None(
        from file in Repository.Sources("tests")
        from line in file.Lines.Index()
        where file.Lines[line.Index].TrimStart().StartsWith("public ", StringComparison.Ordinal) && line.Index > 0 && IsTest(file.Lines, line.Index)
        let name = MethodName().Match(line.Item).Groups["name"].Value
        where name.Split('_').Length != 3
        select $"{file.Path}: {name}");

    static bool IsTest(string[] lines, int index)
    {
        for (var before = index - 1; before >= 0 && lines[before].TrimStart().StartsWith('['); before--)
        {
            if (lines[before].Contains("[Fact", StringComparison.Ordinal) || lines[before].Contains("[Theory", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>Blocks at the indentation of members: from `{` to `}`, those of nested types apart.</summary>
    static IEnumerable<(int Line, int Length)> Members(string[] lines)
    {
        for (var start = 1; start < lines.Length; start++)
        {
            var indent = lines[start].Length - 1;
            if (lines[start].TrimStart() != "{" || indent is not (4 or 8)) continue;
            if (TypeName().IsMatch(string.Join(' ', lines[Math.Max(0, start - 4)..start]).Split(';', '}')[^1])) continue;
            var end = Array.FindIndex(lines, start, line => line.StartsWith(new string(' ', indent) + "}", StringComparison.Ordinal));
            if (end > 0) yield return (start, end - start + 1);
        }
    }

    static void None(IEnumerable<string> offenders)
    {
        var found = offenders.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\s+(struct\s+)?(?<name>[A-Z]\w*)")]
    private static partial Regex TypeName();

    [GeneratedRegex("(Util|Utils|Utilities|Helper|Helpers|Common|Manager|Base)$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^\s*#(end)?region\b|\basync\s+void\b")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"_ = .*Async\(|\bTask\.(Run|Factory)\b|\.ContinueWith\(|\bnew Thread\(|QueueUserWorkItem\((?!new Completion)")]
    private static partial Regex Unawaited();

    [GeneratedRegex(@"(?<![\w.])(Baton\.Server\.)?Features\.(?<feature>[A-Z]\w*)")]
    private static partial Regex FeatureName();

    [GeneratedRegex(@"(?<name>\w+)\(")]
    private static partial Regex MethodName();
}
