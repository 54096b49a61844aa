using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Baton.Server.Platform.Storage;
using Baton.Tests.Tidy;

namespace Baton.Tests.Platform.Storage;

/// <summary>The migrations of all features are one list: whoever adds one must see that nobody else took its number.</summary>
public sealed partial class MigrationsTests
{
    /// <summary>
    /// What each number says, in whatever files: databases exist that have run it, and do not run it again. A new number
    /// gets a line here; the lines of the others stay.
    /// </summary>
    static readonly string[] s_released =
    [
        "58c662f0a78ed77a5d6dbbf303ffa8bb",
        "ecb0bb8923e4578b49188e9ab7e13d0c",
        "0b7013d4f0468f7edb0a2040b0975e81",
        "a703ff31493ddc802777391c6df1313a",
        "76ed0dec86f6d0b7dc97b1c5aa58408e",
        "94ebbc050b900e6ca81b3daf46ce5b53",
        "f79c27d3dce4bba501b5a6e28712599e",
        "625dcd6acc88ea50c4043c652188384b",
    ];

    static string Sources => Path.Combine(Repository.Root, "src", "Baton.Server");

    [Fact]
    public void Numbers_OfAllMigrations_CountFromOneWithoutGaps() => Assert.Equal(
        Enumerable.Range(1, Migrations.All.Count), Migrations.All.Select(migration => migration.Number));

    [Fact]
    public void Migrations_OfTheServer_AreAllFilesOfItsSources()
    {
        var files = Files().Select(file => (Path.GetFileName(file), File.ReadAllText(file))).ToList();
        Assert.Equal(files.Select(file => file.Item1), Migrations.All.SelectMany(migration => migration.Name.Split(", ")));
        Assert.Equal(string.Concat(files.Select(file => file.Item2)), string.Concat(Migrations.All.Select(migration => migration.Sql)));
    }

    /// <summary>A database that has run them has the same tables as a new one.</summary>
    [Fact]
    public void Migrations_ThatWereReleased_SayWhatTheySaid() =>
        Assert.Equal(s_released, Migrations.All.Select(migration => Digest(migration.Sql)));

    [Fact]
    public void Table_OfAFeature_IsMadeByAMigrationOfTheFeature()
    {
        var made = (
            from file in Files()
            from Match match in MadeTable().Matches(File.ReadAllText(file))
            select (Table: match.Groups["name"].Value, Folder: Path.GetDirectoryName(Path.GetDirectoryName(file))!)).ToList();
        var rows = (
            from file in Repository.Sources("src/Baton.Server/Features")
            from line in file.Lines
            let match = RowsTable().Match(line)
            where match.Success && made.Any(table => table.Table == match.Groups["name"].Value)
            select (Table: match.Groups["name"].Value, Folder: Path.Combine(Sources, "Features", file.Path.Split('/')[3]))).ToList();
        Assert.True(rows.Count > 10, $"Only {rows.Count} tables of features were found.");
        Assert.All(rows, row => Assert.Contains(row, made));
    }

    /// <summary>The files in the order in which they run.</summary>
    static IEnumerable<string> Files() => Directory.EnumerateFiles(Sources, "*.sql", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "Migrations")
        .OrderBy(Path.GetFileName, StringComparer.Ordinal);

    /// <summary>Of the statements, in whatever order, and without comments.</summary>
    static string Digest(string sql)
    {
        var lines = sql.Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal));
        var statements = string.Join('\n', lines).Split(';').Select(statement => statement.Trim()).Where(statement => statement.Length > 0);
        var text = string.Join(";\n", statements.Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }

    [GeneratedRegex(@"^CREATE TABLE (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex MadeTable();

    [GeneratedRegex(@"^        Name = ""(?<name>[a-z_]+)"",$")]
    private static partial Regex RowsTable();
}
