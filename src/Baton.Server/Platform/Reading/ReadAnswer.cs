namespace Baton.Server.Platform.Reading;

/// <summary>
/// What a read found, for any edge to render: a wire record, or bytes that are the answer as they are.
/// </summary>
internal sealed record ReadAnswer
{
    const string Json = "application/json";

    /// <summary>There is no answer, because the time of a wait is over.</summary>
    public static readonly ReadAnswer Nothing = new() { IsOver = true };

    /// <summary>A wire record; null: <see cref="Bytes"/> are the answer.</summary>
    public object? Value { get; private init; }

    /// <summary>The answer as it is, if there is no <see cref="Value"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private init; }

    /// <summary>The media type of <see cref="Bytes"/>.</summary>
    public string ContentType { get; private init; } = Json;

    /// <summary>The time of a wait is over, and there is no answer.</summary>
    public bool IsOver { get; init; }

    /// <summary>The version of the thing; null: it has none, or is not there.</summary>
    public long? Version { get; init; }

    /// <summary>Who wrote what <see cref="Bytes"/> are, where a caller did; null: the server made them.</summary>
    public Authorship? Authorship { get; init; }

    public static ReadAnswer Of(object value) => new() { Value = value };

    /// <summary>JSON in UTF-8.</summary>
    public static ReadAnswer OfJson(
        ReadOnlyMemory<byte> json, long? version = null, Authorship? authorship = null) =>
        new() { Bytes = json, Version = version, Authorship = authorship };

    /// <summary>Bytes of any media type.</summary>
    public static ReadAnswer OfBytes(ReadOnlyMemory<byte> bytes, string contentType) =>
        new() { Bytes = bytes, ContentType = contentType };
}
