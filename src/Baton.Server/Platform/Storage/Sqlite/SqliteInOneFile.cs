using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>
/// SQLite's native library where the server is one file of Native AOT: it is a resource of that file, and is loaded
/// from memory. So nothing is unpacked, and neither a directory for it nor the right to run files there is needed.
/// </summary>
internal static class SqliteInOneFile
{
    /// <summary>The build of one file adds it; no other does.</summary>
    const string ResourceName = "libe_sqlite3.so";

    const uint CloseOnExec = 1;

    /// <summary>Makes the binding find it, if it is there. Otherwise the library lies beside the server.</summary>
    public static void UseIfPresent()
    {
        using var library = typeof(SqliteInOneFile).Assembly.GetManifestResourceStream(ResourceName);
        if (library is null) return;
        var loaded = Load(library);
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? loaded : 0);
    }

    static nint Load(Stream library)
    {
        using var file = CreateFileInMemory("libe_sqlite3.so\0"u8.ToArray(), CloseOnExec);
        if (file.IsInvalid) throw new Win32Exception(Marshal.GetLastPInvokeError());
        using var content = new FileStream(file, FileAccess.Write, bufferSize: 0);
        library.CopyTo(content);
        // It stays mapped when the file is closed.
        return NativeLibrary.Load($"/proc/self/fd/{file.DangerousGetHandle()}");
    }

    [DllImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    static extern SafeFileHandle CreateFileInMemory(byte[] name, uint flags);
}
