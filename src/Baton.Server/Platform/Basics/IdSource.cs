using System.Security.Cryptography;
using System.Text;

namespace Baton.Server.Platform.Basics;

/// <summary>Makes ids that sort by time, and secrets that cannot be guessed. Safe for concurrent use.</summary>
internal sealed class IdSource(TimeProvider time)
{
    const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    const int TimeChars = 11;
    const int RandomChars = 9;
    const int SecretChars = 32;

    // The time in the newest id. Each id has a later one than the id before, so the ids of one process sort in the
    // order in which they were made.
    long _last;

    /// <summary>The prefix, 11 characters of time in microseconds, and 9 random ones (45 bits).</summary>
    public string Next(string prefix)
    {
        var micros = NextMicros();
        Span<char> text = stackalloc char[TimeChars + RandomChars];
        for (var index = TimeChars - 1; index >= 0; index--, micros >>= 5)
            text[index] = Alphabet[(int)(micros & 31)];
        Span<byte> random = stackalloc byte[RandomChars];
        SecureRandom.Fill(random);
        for (var index = 0; index < RandomChars; index++) text[TimeChars + index] = Alphabet[random[index] & 31];
        return string.Concat(prefix, text);
    }

    /// <summary>The prefix, and 20 characters that are always the same for the same seed.</summary>
    public static string Of(string prefix, string seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        return string.Concat(
            prefix, string.Concat(hash.Take(TimeChars + RandomChars).Select(part => Alphabet[part & 31])));
    }

    /// <summary>The prefix and 160 random bits.</summary>
    public static string NextSecret(string prefix) =>
        prefix + RandomNumberGenerator.GetString(Alphabet, SecretChars);

    long NextMicros()
    {
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var next = Math.Max(last + 1, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return next;
        }
    }
}
