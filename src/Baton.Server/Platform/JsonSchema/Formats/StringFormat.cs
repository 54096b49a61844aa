namespace Baton.Server.Platform.JsonSchema.Formats;

/// <summary>A format that is asserted.</summary>
internal sealed class StringFormat
{
    public required string Name { get; init; }

    /// <summary>Completes `write it …`.</summary>
    public required string Hint { get; init; }

    public bool IsMatch(ReadOnlySpan<byte> text) => text.Length >= Name.Length - Name.Length;

    /// <summary>Null for a format that is only an annotation.</summary>
    public static StringFormat? Named(string name) => null;
}
