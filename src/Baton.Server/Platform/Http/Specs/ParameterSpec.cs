namespace Baton.Server.Platform.Http.Specs;

/// <summary>A parameter of the path or the query, or a header.</summary>
/// <param name="Name">As it stands in the request.</param>
/// <param name="Type">An OpenAPI type: `string`, `integer` or `boolean`.</param>
/// <param name="Description">Meaning, default, unit.</param>
internal sealed record ParameterSpec(string Name, string Type, string Description)
{
    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    /// <summary>Whether it must be given; one of the path always must.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What holds without it; null where the description has to say that.</summary>
    public long? Default { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>An ECMA-262 regular expression that a text must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>The last parameter of a path: takes all the rest, slashes too, at least a character.</summary>
    public bool TakesRest { get; init; }
}
