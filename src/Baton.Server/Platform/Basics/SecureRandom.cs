using System.Security.Cryptography;

namespace Baton.Server.Platform.Basics;

/// <summary>
/// Random bytes from the operating system, a page at a time for each thread: to ask for a few of them at each write
/// costs more than the hash that they go into. Each byte is given once and then forgotten.
/// </summary>
internal static class SecureRandom
{
    const int PageBytes = 1024;

    [ThreadStatic]
    static byte[]? t_page;

    [ThreadStatic]
    static int t_left;

    public static void Fill(Span<byte> bytes)
    {
        if (bytes.Length > PageBytes)
        {
            RandomNumberGenerator.Fill(bytes);
            return;
        }

        var page = t_page ??= new byte[PageBytes];
        if (t_left < bytes.Length)
        {
            RandomNumberGenerator.Fill(page);
            t_left = PageBytes;
        }

        var given = page.AsSpan(t_left - bytes.Length, bytes.Length);
        given.CopyTo(bytes);
        given.Clear();
        t_left -= bytes.Length;
    }
}
