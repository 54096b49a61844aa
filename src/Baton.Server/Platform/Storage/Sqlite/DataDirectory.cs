namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>The data directory, held by one process at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    readonly FileStream _lock;

    DataDirectory(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
    }

    public string Path { get; }

    /// <summary>
    /// Makes the directory if need be, and takes its lock or throws <see cref="DirectoryLockedException"/>.
    /// </summary>
    public static DataDirectory Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(full);
        else Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            // FileShare.None is a lock of the operating system. It ends with the process, however the process ends.
            return new DataDirectory(full, new FileStream(
                System.IO.Path.Combine(full, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException failure) when (failure is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new DirectoryLockedException(
                $"Another Baton process uses the data directory {full}. Stop it, or set BATON_DATA to another one.",
                failure);
        }
    }

    public void Dispose() => _lock.Dispose();
}
