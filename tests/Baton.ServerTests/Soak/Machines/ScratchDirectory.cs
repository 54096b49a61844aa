using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Soak.Machines;

/// <summary>A data directory for one test.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("baton-soak-").FullName;

    public string Database => System.IO.Path.Combine(Path, "baton.db");

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        Backend.Drop(Path);
    }
}
