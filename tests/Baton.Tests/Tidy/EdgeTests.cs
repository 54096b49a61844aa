using System.Text.RegularExpressions;

namespace Baton.Tests.Tidy;

/// <summary>
/// What a feature does it does for any edge: HTTP is known to the class that maps its routes, and to those who read what
/// the web server's own reading of a path does not tell.
/// </summary>
public sealed partial class EdgeTests
{
    const string Features = "src/Baton.Server/Features/";

    /// <summary>Who else knows HTTP, and why.</summary>
    static readonly Dictionary<string, string> s_known = new()
    {
        [Features + "Store/Records/Addresses/RecordPath.cs"] = "a key may hold any character: it is read from the target as it was sent",
        [Features + "Store/Records/Addresses/NoMorePath.cs"] = "refuses parts of a path that the web server has taken away",
        [Features + "Store/Claims/ClaimRoutes.cs"] = "a claim that waits is tried again and again, and refused, as the call that it is",
        [Features + "Store/Records/Addresses/KeyInQuery.cs"] = "routes a request whose key stands in its query",
    };

    /// <summary>Who maps routes and handles calls as well, and why.</summary>
    static readonly Dictionary<string, string> s_handlers = new()
    {
        [Features + "Server/ServerFeature.cs"] = "its routes take no key, and are of HTTP alone",
        [Features + "Store/StoreFeature.cs"] = "hands a claim on to its own waiting",
    };

    [Fact]
    public void File_OfAFeature_KnowsHttpOnlyToMapOrToReadTargets() => None(
        from file in Files()
        where !MapsRoutes(file) && !s_known.ContainsKey(file.Path)
        from line in file.Lines.Index()
        where Http().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1} {line.Item.Trim()}");

    /// <summary>A map of routes names reads and operations; what they do is elsewhere, and for all edges.</summary>
    [Fact]
    public void Map_OfRoutes_HandlesNoCall() => None(
        from file in Files()
        where MapsRoutes(file) && !s_handlers.ContainsKey(file.Path)
        from line in file.Lines.Index()
        where Call().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1} {line.Item.Trim()}");

    [Fact]
    public void Exceptions_ThatAreAllowed_AreNeeded()
    {
        Assert.All(s_known.Keys, may => Assert.Contains(
            Files(), file => file.Path == may && !MapsRoutes(file) && file.Lines.Any(Http().IsMatch)));
        Assert.All(s_handlers.Keys, may => Assert.Contains(
            Files(), file => file.Path == may && MapsRoutes(file) && file.Lines.Any(Call().IsMatch)));
    }

    static IEnumerable<(string Path, string[] Lines)> Files() => Repository.Sources(Features);

    static bool MapsRoutes((string Path, string[] Lines) file) => file.Lines.Any(Map().IsMatch);

    static void None(IEnumerable<string> offenders)
    {
        var found = offenders.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [GeneratedRegex(@"\bPlatform\.Http\b|\bAspNetCore\b|\bHttp(Call|Context|Request|Response|Methods)\b")]
    private static partial Regex Http();

    /// <summary>A call that is handled, or handed on.</summary>
    [GeneratedRegex(@"\bHttp(Call|Context|Request|Response|Methods)\b|\bcall\b.*=>")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bpublic (static )?void Map\(Routes \w+\)")]
    private static partial Regex Map();
}
