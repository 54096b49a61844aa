using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Http.Specs;

/// <summary>A request body.</summary>
/// <param name="Type">The JSON type; null: any bytes of any content type.</param>
/// <param name="Limit">The most bytes.</param>
internal sealed record BodySpec(Type? Type, Func<BatonOptions, long> Limit)
{
    /// <summary>The most that an array of the type may hold in place of one; 0: no array is taken.</summary>
    public int MaxItems { get; init; }

    /// <summary>What it must be said to be; null: JSON if there is a type, and anything otherwise.</summary>
    public string? ContentType { get; init; }

    /// <summary>Another content type that is taken, of any JSON; null: none.</summary>
    public string? OtherContentType { get; init; }
}
