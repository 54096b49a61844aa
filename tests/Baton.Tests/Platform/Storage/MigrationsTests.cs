using Baton.Server.Platform.Storage;
using Baton.Tests.Tidy;

namespace Baton.Tests.Platform.Storage;

/// <summary>The migrations of all features are one list: whoever adds one must see that nobody else took its number.</summary>
public sealed class MigrationsTests
{
    [Fact]
    public void Numbers_OfAllMigrations_CountFromOneWithoutGaps() => Assert.Equal(
        Enumerable.Range(1, Migrations.All.Count), Migrations.All.Select(migration => migration.Number));

    [Fact]
    public void Migrations_OfTheServer_AreAllFilesOfItsSources()
    {
        var folder = Path.Combine(Repository.Root, "src", "Baton.Server");
        var files = Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "Migrations")
            .OrderBy(Path.GetFileName, StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), File.ReadAllText(file)));
        Assert.Equal(files, Migrations.All.Select(migration => (migration.Name, migration.Sql)));
    }
}
