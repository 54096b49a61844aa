using System.Diagnostics;

namespace Baton.ServerTests.Soak.Machines;

/// <summary>A file system of its own, in memory, that is soon full.</summary>
internal sealed class SmallDisk : IDisposable
{
    /// <summary>The database's file never shrinks: without more room each time, it would soon have all of it.</summary>
    const int MoreMebibytes = 8;

    readonly ScratchDirectory _scratch;
    int _mebibytes;

    SmallDisk(ScratchDirectory scratch, int mebibytes) => (_scratch, _mebibytes) = (scratch, mebibytes);

    public string DataDirectory => Path.Combine(_scratch.Path, "data");

    string Ballast => Path.Combine(_scratch.Path, "ballast");

    /// <summary>Null where mounting is not permitted.</summary>
    public static SmallDisk? TryMount(int mebibytes)
    {
        var scratch = new ScratchDirectory();
        if (Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", scratch.Path))
            return new SmallDisk(scratch, mebibytes);
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

    public void MakeRoom()
    {
        File.Delete(Ballast);
        _mebibytes += MoreMebibytes;
        Assert.True(Run("mount", "-o", $"remount,size={_mebibytes}m", _scratch.Path));
    }

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
