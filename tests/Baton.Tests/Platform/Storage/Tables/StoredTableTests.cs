using System.Text.RegularExpressions;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Copying;

namespace Baton.Tests.Platform.Storage.Tables;

/// <summary>What a copy takes with it: everything that the migrations make.</summary>
public sealed partial class StoredTableTests
{
    [Fact]
    public void Tables_OfTheMigrations_AreAllCopied() => Assert.Equal(
        Migrations.All.SelectMany(migration => MadeTable().Matches(migration.Sql)).Select(made => made.Groups["name"].Value)
            .Except(Migrations.All.SelectMany(migration => DroppedTable().Matches(migration.Sql)).Select(gone => gone.Groups["name"].Value))
            .Order(StringComparer.Ordinal),
        StoredTable.All.Select(table => table.Name));

    [Fact]
    public void Keys_OfAllTables_BeginWithTheWorkspace()
    {
        // Looked up before the workspace is known.
        string[] before = ["key_secret", "ticket", "workspace_name"];
        Assert.All(StoredTable.All.ExceptBy(before, table => table.Name), table => Assert.Equal("workspace_id", table.Key[0]));
    }

    [GeneratedRegex(@"CREATE TABLE (?:IF NOT EXISTS )?(?<name>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex MadeTable();

    [GeneratedRegex(@"DROP TABLE (?:IF EXISTS )?(?<name>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex DroppedTable();
}
