namespace Baton.Server.Platform.Http.Specs;

/// <summary>A good answer.</summary>
/// <param name="Status">200, 201, 204 or 304.</param>
/// <param name="Type">The JSON type; null: no body, or bytes.</param>
/// <param name="Description">When it comes.</param>
internal sealed record AnswerSpec(int Status, Type? Type, string Description)
{
    /// <summary>Another JSON type that it can be; null: none.</summary>
    public Type? OtherType { get; init; }

    /// <summary>Null: JSON if there is a type, and no body otherwise.</summary>
    public string? ContentType { get; init; }

    /// <summary>Response headers that are always there.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Response headers that are there at times; the description says when.</summary>
    public IReadOnlyList<string> OptionalHeaders { get; init; } = [];

    /// <summary>For event streams: the type of each event's data.</summary>
    public Type? EventType { get; init; }

    public static AnswerSpec Json<T>(int status, string description, params string[] headers) =>
        new(status, typeof(T), description) { Headers = headers };
}
