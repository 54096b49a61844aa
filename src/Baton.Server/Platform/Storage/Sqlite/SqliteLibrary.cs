using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>Binds the managed provider to the operating system's SQLite, which gets its security fixes.</summary>
internal static class SqliteLibrary
{
    static readonly Lazy<bool> s_loaded = new(Load);

    public static void EnsureLoaded() => _ = s_loaded.Value;

    static bool Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        // Every connection has one user at a time, so SQLite need not lock itself; and nobody asks it for statistics of
        // its memory, which cost a lock at each allocation. This has to be set before SQLite is used.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }

    static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != "e_sqlite3") return IntPtr.Zero;
        if (OperatingSystem.IsMacOS()) return NativeLibrary.Load("libsqlite3.dylib");
        return NativeLibrary.Load(OperatingSystem.IsWindows() ? "winsqlite3.dll" : "libsqlite3.so.0");
    }
}
