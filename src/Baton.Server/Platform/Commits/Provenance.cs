using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Commits;

/// <summary>Where content came from, as its writer says: the headers `Baton-Model` and `Baton-Sources`.</summary>
/// <param name="Model">The model; null for none.</param>
/// <param name="Sources">What it was made of.</param>
internal sealed record Provenance(string? Model, IReadOnlyList<SourceReference> Sources)
{
    public const int MaxModelLength = 128;
    const int MaxSources = 64;

    public static readonly Provenance None = new(Model: null, Sources: []);

    /// <summary>As the headers say, or the members of the same meaning of a request in JSON.</summary>
    public static Provenance Read(string? model, IEnumerable<string> sources, InputErrors errors)
    {
        if (model is not null
            && (model.Length is 0 or > MaxModelLength || model.AsSpan().ContainsAnyExceptInRange(' ', '~')))
            errors.Add(
                ErrorCodes.RequestInvalidHeader, "header:Baton-Model",
                $"Baton-Model must be 1 to {MaxModelLength} visible ASCII characters.");
        return new Provenance(model, ReadSources(sources, errors));
    }

    static List<SourceReference> ReadSources(IEnumerable<string> parts, InputErrors errors)
    {
        var sources = new List<SourceReference>();
        foreach (var part in parts)
        {
            if (SourceReference.Parse(part) is { } source && !sources.Contains(source)) sources.Add(source);
            else if (SourceReference.Parse(part) is null)
                errors.Add(
                    ErrorCodes.RequestInvalidHeader, "header:Baton-Sources",
                    $"\"{InputText.Shorten(part)}\" is no source: write `stash:name` or `store:namespace/key`, "
                    + "with or without `@version`.");
        }

        if (sources.Count > MaxSources)
            errors.Add(ErrorCodes.RequestInvalidHeader, "header:Baton-Sources",
                $"There are {sources.Count} sources; {MaxSources} is the most.");
        return sources;
    }
}
