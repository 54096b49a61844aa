using System.Text.RegularExpressions;

namespace Baton.Tests.Tidy;

/// <summary>
/// The indexes of the docs and of the tests name all that they are an index of. That what they name is there is seen to
/// by <see cref="CatalogueTests"/>.
/// </summary>
public sealed partial class IndexTests
{
    /// <summary>Folders of the tests whose files are each named: what others use, and what holds for everything.</summary>
    static readonly string[] s_named =
        ["Baton.ServerTests/Harness", "Baton.Tests/Harness", "Baton.Tests/Docs", "Baton.Tests/Tidy"];

    [Fact]
    public void Index_OfTheDocs_NamesEveryPage() => NamesAll("docs", Files("docs", "."));

    [Fact]
    public void Index_OfTheTests_NamesEveryFolder() => NamesAll(
        "tests",
        from folder in Folders("tests", ".")
        from place in IsProject(folder) ? Folders("tests", folder).Prepend(folder) : [folder]
        select place);

    [Fact]
    public void Index_OfTheTests_NamesWhatIsSharedAndWhatIsSoaked() => NamesAll(
        "tests",
        s_named.SelectMany(folder => Files("tests", folder)).Concat(
            Files("tests", "Baton.ServerTests/Soak").Where(
                file => file.EndsWith("SoakTests.cs", StringComparison.Ordinal))));

    static void NamesAll(string root, IEnumerable<string> places)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, root, "README.md"));
        var named = Target().Matches(text).Select(link => link.Groups["target"].Value).ToHashSet();
        var expected = places.Where(place => place != "README.md").ToList();
        Assert.NotEmpty(expected);
        var missing = expected.Where(place => !named.Contains(place)).Order(StringComparer.Ordinal).ToList();
        Assert.True(
            missing.Count == 0,
            $"{root}/README.md has no link to these; add a line that says what one finds there:\n"
            + string.Join('\n', missing));
    }

    static bool IsProject(string folder) => File.Exists(
        Path.Combine(Repository.Root, "tests", folder, folder + ".csproj"));

    static IEnumerable<string> Folders(string root, string folder) =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, root, folder)).Select(place => From(root, place));

    static IEnumerable<string> Files(string root, string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, root, folder), "*", SearchOption.AllDirectories)
            .Select(place => From(root, place));

    static string From(string root, string place) =>
        Path.GetRelativePath(Path.Combine(Repository.Root, root), place).Replace('\\', '/');

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)")]
    private static partial Regex Target();
}
