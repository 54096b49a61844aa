using System.Text.RegularExpressions;

namespace Baton.Tests.Tidy;

/// <summary>Platform is a house: each floor knows those below it, and nobody above.</summary>
public sealed partial class FloorTests
{
    /// <summary>
    /// From the ground up; the roof, <see cref="s_roof"/>, is on top of them. What lies in folders within a floor is of that floor.
    /// </summary>
    static readonly string[] s_floors =
    [
        "Basics", "Storage", "Identity", "Access", "Commits", "Ledger", "Feed", "Reading", "Schemas", "Resources", "Http",
    ];

    /// <summary>The server as a whole, which only its composition knows.</summary>
    const string Server = "BatonServer";

    /// <summary>The server, and what features register with it: no floor knows them.</summary>
    static readonly string[] s_roof = [Server, "Registrations"];

    [Fact]
    public void File_OfPlatform_LiesOnAFloor() => None(
        from file in Files()
        where file.Floor < 0 && !s_roof.Contains(Path.GetFileNameWithoutExtension(file.Name))
        select $"{file.Path} is on no floor");

    [Fact]
    public void File_OfPlatform_KnowsOnlyWhatIsBelow() => None(
        from file in Files()
        where file.Floor >= 0
        from line in file.Lines.Index()
        from Match match in FloorName().Matches(line.Item)
        let known = Array.IndexOf(s_floors, match.Groups["floor"].Value)
        where known > file.Floor
        select $"{file.Path}:{line.Index + 1} knows {s_floors[known]}, which is above {s_floors[file.Floor]}");

    [Fact]
    public void File_OfPlatform_DoesNotKnowTheRoof() => None(
        from file in Files()
        where file.Floor >= 0
        from line in file.Lines.Index()
        from roof in s_roof
        where Regex.IsMatch(line.Item, $@"\b{roof}\b")
        select $"{file.Path}:{line.Index + 1} knows {roof}");

    /// <summary>A feature is given what it uses, by its constructor.</summary>
    [Fact]
    public void File_OfAFeature_DoesNotKnowTheServer() => None(
        from file in Repository.Sources("src/Baton.Server/Features")
        from line in file.Lines.Index()
        where Regex.IsMatch(line.Item, $@"\b{Server}\b")
        select $"{file.Path}:{line.Index + 1} knows {Server}");

    static IEnumerable<(string Path, string Name, int Floor, string[] Lines)> Files() =>
        from file in Repository.Sources("src/Baton.Server/Platform")
        let parts = file.Path.Split('/')
        select (file.Path, parts[^1], Array.IndexOf(s_floors, parts[3]), file.Lines);

    static void None(IEnumerable<string> offenders)
    {
        var found = offenders.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>As a using names a floor, or a name that begins within the namespace of all floors.</summary>
    [GeneratedRegex(@"\bPlatform\.(?<floor>[A-Z]\w*)|(?<![\w.\""])(?<floor>Identity|Commits|Ledger|Feed|Reading|Schemas|Resources|Http)\.[A-Z]\w*\b(?=[\s.(<])(?<!\.(Head|Publish|Subscribe)\b)")]
    private static partial Regex FloorName();
}
