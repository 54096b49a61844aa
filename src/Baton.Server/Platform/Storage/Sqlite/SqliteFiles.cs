using System.Buffers.Binary;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>Makes, inspects and migrates the database file. A file that cannot be trusted is left untouched.</summary>
internal static class SqliteFiles
{
    /// <summary>"BATN", in the file's header: this file is Baton's.</summary>
    public const int ApplicationId = 0x4241544E;

    const int HeaderSize = 100;
    const int SqliteCorrupt = 11;
    const int SqliteNotADatabase = 26;

    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "baton.db");

    /// <summary>
    /// The path at which a copy grows until it is whole. As long as this file exists, the copy is not finished.
    /// </summary>
    public static string CopyOf(string path) => path + ".copy";

    /// <summary>Whether the content of the file is damaged. Other failures, such as a full disk, may pass.</summary>
    public static bool IsDamage(DbException failure) =>
        failure is SqliteException { SqliteErrorCode: SqliteCorrupt or SqliteNotADatabase };

    /// <summary>Makes the database if there is none, and brings an older one up to date.</summary>
    public static void Prepare(string path)
    {
        RefuseHalfCopied(path);
        if (!File.Exists(path)) CreateNew(path);
        var version = Inspect(path);
        if (version < Migrations.Newest) Migrate(path, version);
    }

    /// <summary>Checks the version for a copy, which migrates nothing: the database must be of this version.</summary>
    public static void RequireNewest(string path)
    {
        if (Inspect(path) is var version && version < Migrations.Newest)
            throw new DatabaseRefusedException(
                $"{path} was written by an older Baton (schema {version}; this one's is {Migrations.Newest}). Start "
                + "this version on it once, which brings it up to date, stop it, and copy again.");
    }

    /// <summary>
    /// Refuses a directory in which an unfinished copy lies: a database there would not be the one that was to be
    /// copied.
    /// </summary>
    public static void RefuseHalfCopied(string path)
    {
        if (File.Exists(CopyOf(path)))
            throw new DatabaseRefusedException(
                $"A copy into {Path.GetDirectoryName(path)} was not finished. Run `Baton.Server copy` again, which "
                + $"starts over; or remove {CopyOf(path)}, which gives the copy up.");
    }

    /// <summary>A new database at this path, whatever was there.</summary>
    public static void CreateDraft(string draft)
    {
        Delete(draft);
        using var connection = SqliteConnections.Create(draft);
        SqliteConnections.Execute(connection, $"PRAGMA application_id = {ApplicationId}");
        Apply(connection, from: 0);
    }

    /// <summary>
    /// Puts a draft, which is closed and durable, in the place of a database. The change is atomic, also if the machine
    /// stops meanwhile.
    /// </summary>
    public static void Rename(string draft, string path)
    {
        File.Move(draft, path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Refuses a log whose database is missing.</summary>
    public static void RefuseOrphanedLog(string path)
    {
        if (!File.Exists(path) && File.Exists(path + "-wal"))
            throw new DatabaseRefusedException($"{path} is missing, but its log {path}-wal is there: restore both.");
    }

    public static void Delete(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm" }) File.Delete(file);
    }

    /// <summary>Reads the header without opening the database; the schema's version, or a refusal.</summary>
    static int Inspect(string path)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize)
                throw new DatabaseRefusedException($"{path} is damaged: it is shorter than a database header.");
        }

        if (!header[..16].SequenceEqual("SQLite format 3\0"u8))
            throw new DatabaseRefusedException($"{path} is damaged, or is no database: its header is wrong.");
        if (BinaryPrimitives.ReadInt32BigEndian(header[68..]) != ApplicationId)
            throw new DatabaseRefusedException($"{path} is not a database of Baton.");
        var version = BinaryPrimitives.ReadInt32BigEndian(header[60..]);
        if (version < 1)
            throw new DatabaseRefusedException($"{path} is damaged: its schema has no version.");
        return version <= Migrations.Newest
            ? version
            : throw new DatabaseRefusedException(
                $"{path} was written by a newer Baton (schema {version}; this one knows {Migrations.Newest}). "
                + "Start the newer version, or restore a backup.");
    }

    /// <summary>
    /// The database is made under another name first, so that a crash never leaves half of it under the real one.
    /// </summary>
    static void CreateNew(string path)
    {
        RefuseOrphanedLog(path);
        var draft = path + ".new";
        CreateDraft(draft);
        Rename(draft, path);
    }

    static void Migrate(string path, int version)
    {
        using var connection = SqliteConnections.OpenWriter(path);
        Apply(connection, version);
    }

    /// <summary>Applies the migrations after the given one.</summary>
    public static void Apply(SqliteConnection connection, int from)
    {
        foreach (var migration in Migrations.All.Where(migration => migration.Number > from))
        {
            try
            {
                using var transaction = connection.BeginTransaction();
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = Dialect(migration.Sql) + $"\nPRAGMA user_version = {migration.Number};";
                command.ExecuteNonQuery();
                transaction.Commit();
            }
            catch (SqliteException failure)
            {
                throw new DatabaseRefusedException($"Migration {migration.Name} failed: {failure.Message}", failure);
            }
        }

        // The header of the file itself must hold the version, because Inspect reads nothing else.
        SqliteConnections.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Translates the SQL of the migrations to that of SQLite.</summary>
    static string Dialect(string sql) => sql
        .Replace(" bytea", " blob", StringComparison.Ordinal)
        .Replace("/* clustered */", "WITHOUT ROWID", StringComparison.Ordinal);

    static void SyncDirectory(string directory)
    {
        // A rename is durable when its directory is. .NET opens no directories; SQLite's next commit syncs it too
        // when it makes its log, so this only narrows the window for a first start.
        if (OperatingSystem.IsWindows()) return;
        using var marker = new FileStream(
            Path.Combine(directory, ".sync"), FileMode.Create, FileAccess.Write, FileShare.None, 1,
            FileOptions.DeleteOnClose);
        marker.Flush(flushToDisk: true);
    }
}
