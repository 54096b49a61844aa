using System.Globalization;

namespace Baton.Bench.Processes;

/// <summary>A folder on the repository's disk, gone afterwards; what a killed run left behind goes too.</summary>
internal sealed class ScratchFolder : IDisposable
{
    readonly string _path;

    public ScratchFolder(string root)
    {
        var parent = Path.Combine(root, "artifacts", "bench-tmp");
        Directory.CreateDirectory(parent);
        foreach (var left in Directory.EnumerateDirectories(parent))
        {
            if (!Directory.Exists(Path.Combine("/proc", Path.GetFileName(left))))
                Directory.Delete(left, recursive: true);
        }
        _path = Path.Combine(parent, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(_path);
    }

    public string File(string name) => Path.Combine(_path, name);

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_path, name)).FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
