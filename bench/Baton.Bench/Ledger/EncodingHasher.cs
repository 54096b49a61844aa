using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Baton.Bench.Ledger;

/// <summary>The verb `hash`: SHA-256 of encodings that are in memory already, on one thread.</summary>
internal static class EncodingHasher
{
    /// <summary>Prints the seconds of one pass over the file's encodings, after one that does not count.</summary>
    public static int Run(string encodingsPath)
    {
        var encodings = LedgerExport.Read(encodingsPath);
        _ = Pass(encodings);
        Console.Out.WriteLine(Pass(encodings).TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }

    static TimeSpan Pass(List<byte[]> encodings)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var clock = Stopwatch.StartNew();
        foreach (var encoding in encodings)
            SHA256.HashData(encoding, hash);
        return clock.Elapsed;
    }
}
