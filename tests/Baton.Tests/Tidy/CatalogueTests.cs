using System.Text.RegularExpressions;
using Baton.Contracts.Errors;

namespace Baton.Tests.Tidy;

/// <summary>The error catalogue and the docs say what is so.</summary>
public sealed partial class CatalogueTests
{
    /// <summary>Where paths in the docs begin, beside the folder of the page.</summary>
    static readonly string[] s_starts = ["", "src/Baton.Server"];

    [Fact]
    public void Code_OfTheCatalogue_IsUniqueAndWellFormed()
    {
        var codes = Codes();
        Assert.Equal(codes.Count, codes.Values.Select(code => code.Code).Distinct().Count());
        Assert.All(codes.Values, code =>
        {
            Assert.Matches("^[a-z]+\\.[a-z_]+$", code.Code);
            Assert.InRange(code.Status, 400, 599);
            Assert.True(code.Hint.EndsWith('.'), code.Code);
            Assert.False(code.Title.EndsWith('.'), code.Code);
        });
    }

    [Fact]
    public void Code_OfTheCatalogue_IsUsed()
    {
        var source = string.Join('\n', Repository.Sources("src").SelectMany(file => file.Lines));
        var unused = Codes().Keys.Where(name => !Regex.IsMatch(source, $@"\bErrorCodes\.{name}\b"));
        Assert.Empty(unused);
    }

    [Fact]
    public void Link_OfTheDocs_LeadsSomewhere()
    {
        var dead =
            from file in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            where !Skipped().IsMatch(Path.GetRelativePath(Repository.Root, file))
            from Match link in Link().Matches(File.ReadAllText(file))
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
            let full = Path.Combine(Path.GetDirectoryName(file)!, Uri.UnescapeDataString(target))
            where !File.Exists(full) && !Directory.Exists(full)
            select $"{Path.GetRelativePath(Repository.Root, file)} -> {target}";
        Assert.Empty(dead);
    }

    /// <summary>A file that is named without a link is found from the root, or from where the server's files lie.</summary>
    [Fact]
    public void Path_InTheDocs_IsThere()
    {
        var dead =
            from file in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            where !Skipped().IsMatch(Path.GetRelativePath(Repository.Root, file))
            from Match named in SourcePath().Matches(File.ReadAllText(file))
            where !s_starts.Append(Path.GetDirectoryName(file)!).Any(
                start => File.Exists(Path.Combine(Repository.Root, start, named.Value)))
            select $"{Path.GetRelativePath(Repository.Root, file)} names {named.Value}";
        Assert.Empty(dead);
    }

    static Dictionary<string, ErrorCode> Codes() => typeof(ErrorCodes).GetFields()
        .Where(field => field.FieldType == typeof(ErrorCode)).ToDictionary(field => field.Name, field => (ErrorCode)field.GetValue(obj: null)!);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    /// <summary>A path to a source file; not one with a placeholder in it.</summary>
    [GeneratedRegex(@"(?<![\w./>*:-])\w[\w.-]*(/[\w.-]+)+\.(cs|sql|mjs)\b")]
    private static partial Regex SourcePath();

    [GeneratedRegex(@"(^|/)(node_modules|artifacts|obj|bin|\.git)/")]
    private static partial Regex Skipped();
}
