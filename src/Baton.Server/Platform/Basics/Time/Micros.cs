using System.Text.Json;
using Baton.Contracts.Json;

namespace Baton.Server.Platform.Basics.Time;

/// <summary>Converts between the lane's microseconds and .NET's times.</summary>
internal static class Micros
{
    public const long PerSecond = 1_000_000;

    public static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * 10);

    public static DateTimeOffset? ToTime(long? micros) => micros is { } value ? ToTime(value) : null;

    /// <summary>The time as text, in the form of the wire: see <see cref="WireTime"/>.</summary>
    public static string ToText(long micros) => WireTime.ToText(ToTime(micros));

    /// <summary>Writes a member whose value is a time.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, long micros)
    {
        Span<byte> text = stackalloc byte[WireTime.Length];
        WireTime.Write(ToTime(micros), text);
        json.WriteString(name, text);
    }
}
