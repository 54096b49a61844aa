using System.Diagnostics;

namespace Baton.ServerTests.Soak;

/// <summary>A file system of its own, in memory, that is soon full.</summary>
internal sealed class SmallDisk : IDisposable
{
    readonly ScratchDirectory _scratch;

    SmallDisk(ScratchDirectory scratch) => _scratch = scratch;

    public string DataDirectory => Path.Combine(_scratch.Path, "data");

    string Ballast => Path.Combine(_scratch.Path, "ballast");

    /// <summary>Null where mounting is not permitted.</summary>
    public static SmallDisk? TryMount(int mebibytes)
    {
        var scratch = new ScratchDirectory();
        if (Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", scratch.Path)) return new SmallDisk(scratch);
        scratch.Dispose();
        return null;
    }

    /// <summary>Takes all room but so much; <see cref="MakeRoom"/> gives it back.</summary>
    public void LeaveRoom(int mebibytes) => LeaveRoomBytes(mebibytes * 1024L * 1024);

    /// <inheritdoc cref="LeaveRoom"/>
    public void LeaveRoomBytes(long bytes)
    {
        var free = new DriveInfo(_scratch.Path).AvailableFreeSpace;
        File.WriteAllBytes(Ballast, new byte[Math.Max(0, free - bytes)]);
    }

    public void MakeRoom() => File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", _scratch.Path);
        _scratch.Dispose();
    }

    static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
