using System.Globalization;
using System.Reflection;

namespace Baton.Server.Platform.Storage;

/// <summary>
/// The numbered SQL files that make and change the tables. They lie in the folders `Migrations` of the features whose
/// tables they are about, and of this floor. Files of one number are one migration. Each migration runs once, in one
/// transaction, in the order of the numbers: so a file that was released never changes, and no file joins its number.
/// </summary>
internal static class Migrations
{
    /// <summary>In the order of their numbers.</summary>
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
                .GroupBy(name => int.Parse(name[..4], CultureInfo.InvariantCulture))
                .Select(files => new Migration(
                    files.Key, string.Join(", ", files), string.Concat(files.Select(name => Read(assembly, name))))),
        ];
    }

    static string Read(Assembly assembly, string name)
    {
        using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return text.ReadToEnd();
    }
}
