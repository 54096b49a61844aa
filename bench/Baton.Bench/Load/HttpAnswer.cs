using System.Globalization;

namespace Baton.Bench.Load;

/// <summary>An HTTP answer as it came over the wire, its headers in their order.</summary>
internal sealed record HttpAnswer(
    string StatusLine, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public int Status { get; } = int.Parse(StatusLine.AsSpan(9, 3), CultureInfo.InvariantCulture);

    public bool IsSuccess => Status is >= 200 and < 300;

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Same status line, same headers in number, names and values (the date apart), same body.</summary>
    public bool HasSameBytesAs(HttpAnswer other) =>
        StatusLine == other.StatusLine
        && Body.AsSpan().SequenceEqual(other.Body)
        && Fixed(this).SequenceEqual(Fixed(other));

    static IEnumerable<string> Fixed(HttpAnswer answer) => answer.Headers
        .Select(header => header.Key == "Date" ? "Date" : $"{header.Key}: {header.Value}")
        .Order(StringComparer.Ordinal);
}
