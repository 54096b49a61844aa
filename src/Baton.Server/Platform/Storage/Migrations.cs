using System.Globalization;

namespace Baton.Server.Platform.Storage;

/// <summary>
/// The numbered SQL files that make and change the tables; each runs once, in one transaction. They lie in the folders
/// `Migrations` of the features whose tables they are about, and of this floor; the order is that of their numbers.
/// </summary>
internal static class Migrations
{
    /// <summary>Number, name and text, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    public static int Newest => All[^1].Number;

    static Migration[] Load()
    {
        var assembly = typeof(Migrations).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name, text.ReadToEnd());
                }),
        ];
    }
}
