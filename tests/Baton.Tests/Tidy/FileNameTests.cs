using System.Text.RegularExpressions;

namespace Baton.Tests.Tidy;

/// <summary>
/// Whoever knows a type's name knows its file: each file holds the type that it is called after. Another type may lie
/// beside that one only where nobody would look for it elsewhere, as <see cref="MayStay"/> says.
/// </summary>
public sealed partial class FileNameTests
{
    static readonly List<SourceFile> s_files =
    [
        .. from file in Repository.Sources("src")
        let code = string.Join('\n', file.Lines.Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
        select new SourceFile(
            file.Path,
            Path.GetFileName(file.Path).Split('.')[0],
            Declaration().Matches(code).Select(match => new Declared(match.Groups["name"].Value, match.Groups["base"].Value)).ToList(),
            Word().Matches(code).Select(match => match.Value).ToHashSet()),
    ];

    [Fact]
    public void File_OfTheSources_HoldsTheTypeOfItsName() => None(
        from file in s_files
        where file.Types.Count > 0 && file.Types.All(type => type.Name != file.Name)
        select $"{file.Path} holds {string.Join(", ", file.Types.Select(type => type.Name))}, and no {file.Name}");

    [Fact]
    public void Type_OfTheSources_LiesInTheFileOfItsName() => None(
        from file in s_files
        where file.Types.Any(type => type.Name == file.Name)
        from type in file.Types
        where !MayStay(file, type)
        select $"{file.Path} holds {type.Name}, which needs a file of its own");

    /// <summary>
    /// What may lie in a file: its own type, also with type parameters; the key of its row; the cases of its sum, which
    /// are read as one; and what no other file names, because it is a detail of the file's own type.
    /// </summary>
    static bool MayStay(SourceFile file, Declared type) =>
        type.Name == file.Name
        || IsKeyOf(file.Name, type.Name)
        || type.Base == file.Name
        || s_files.All(other => other == file || !other.Words.Contains(type.Name));

    static bool IsKeyOf(string row, string key) =>
        row.EndsWith("Row", StringComparison.Ordinal) && (key == row[..^3] + "Key" || key == row[..^3] + "Id");

    static void None(IEnumerable<string> offenders)
    {
        var found = offenders.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>A type at the outermost level, and the first that it derives from.</summary>
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|readonly|partial|ref)\s+)*"
        + @"(?:(?:class|interface|enum|struct|record(?:\s+(?:struct|class))?)|delegate\s[^(;]*?)\s+(?<name>[A-Z]\w*)"
        + @"(?:<[^>{;]*>)?\s*(?:\((?:[^(){;]|\([^()]*\))*\))?(?:\s*:\s*(?<base>\w+))?",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*")]
    private static partial Regex Word();

    sealed record SourceFile(string Path, string Name, List<Declared> Types, HashSet<string> Words);

    sealed record Declared(string Name, string Base);
}
