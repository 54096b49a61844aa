using SQLitePCL;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>Binds the managed provider to the SQLite that comes with the package, and configures it.</summary>
internal static class SqliteLibrary
{
    static readonly Lazy<bool> s_loaded = new(Load);

    public static void EnsureLoaded() => _ = s_loaded.Value;

    static bool Load()
    {
        SqliteInOneFile.UseIfPresent();
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        // Every connection has one user at a time, so SQLite need not lock itself; and nobody asks it for statistics of
        // its memory, which cost a lock at each allocation. This has to be set before SQLite is used.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }
}
