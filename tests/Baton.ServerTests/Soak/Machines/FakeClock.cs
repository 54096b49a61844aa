using System.Globalization;

namespace Baton.ServerTests.Soak.Machines;

/// <summary>A wall clock that the test sets, for a server process; its monotonic clock stays the machine's.</summary>
internal sealed class FakeClock : IDisposable
{
    static readonly string[] s_libraries =
    [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    ];

    readonly ScratchDirectory _scratch = new();
    readonly string _library;

    FakeClock(string library)
    {
        _library = library;
        Set(TimeSpan.Zero);
    }

    /// <summary>Null where libfaketime is not installed.</summary>
    public static FakeClock? TryMake() => Array.Find(s_libraries, File.Exists) is { } library ? new FakeClock(library) : null;

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = _library,
        ["FAKETIME_TIMESTAMP_FILE"] = OffsetFile,
        ["FAKETIME_NO_CACHE"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        // What it otherwise does to timed waits ends those on PostgreSQL's sockets at once.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };

    string OffsetFile => Path.Combine(_scratch.Path, "offset");

    /// <summary>How far it is from the machine's clock from now on.</summary>
    public void Set(TimeSpan offset)
    {
        var seconds = offset.TotalSeconds.ToString("+0.###;-0.###;+0", CultureInfo.InvariantCulture);
        // Renamed into place: the server reads the file whenever it asks for the time.
        File.WriteAllText(OffsetFile + ".new", seconds + "s\n");
        File.Move(OffsetFile + ".new", OffsetFile, overwrite: true);
    }

    public void Dispose() => _scratch.Dispose();
}
