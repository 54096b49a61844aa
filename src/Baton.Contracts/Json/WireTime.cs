namespace Baton.Contracts.Json;

/// <summary>
/// Times on the wire: RFC 3339 in UTC, always with six digits of fraction: `2026-04-13T10:00:00.000000Z`.
/// </summary>
public static class WireTime
{
    /// <summary>The bytes, and the characters, of a time.</summary>
    public const int Length = 27;

    /// <summary>Writes a time. A format string would take ten times as long, and every answer has two times.</summary>
    /// <param name="time">The time. It is written in UTC, and what is finer than a microsecond is left out.</param>
    /// <param name="text">Where it is written: at least <see cref="Length"/> bytes, or it throws.</param>
    public static void Write(DateTimeOffset time, Span<byte> text)
    {
        var utc = time.UtcDateTime;
        utc.Deconstruct(out var date, out var _);
        date.Deconstruct(out var year, out var month, out var day);
        text[26] = (byte)'Z';
        Put(text[20..26], (int)(utc.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
        text[19] = (byte)'.';
        Put(text[17..19], utc.Second);
        text[16] = (byte)':';
        Put(text[14..16], utc.Minute);
        text[13] = (byte)':';
        Put(text[11..13], utc.Hour);
        text[10] = (byte)'T';
        Put(text[8..10], day);
        text[7] = (byte)'-';
        Put(text[5..7], month);
        text[4] = (byte)'-';
        Put(text[..4], year);
    }

    /// <summary>The time as a text of <see cref="Length"/> characters.</summary>
    public static string ToText(DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[Length];
        Write(time, text);
        return System.Text.Encoding.ASCII.GetString(text);
    }

    static void Put(Span<byte> text, int number)
    {
        for (var index = text.Length - 1; index >= 0; index--, number /= 10) text[index] = (byte)('0' + (number % 10));
    }
}
