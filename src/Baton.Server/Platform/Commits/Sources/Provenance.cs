using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Commits.Sources;

/// <summary>Where content came from, as its writer says: the headers `Baton-Model` and `Baton-Sources`.</summary>
/// <param name="Model">The model; null for none.</param>
/// <param name="Sources">What it was made of.</param>
internal sealed record Provenance(string? Model, IReadOnlyList<SourceReference> Sources)
{
    const int MaxSources = 64;

    public static readonly Provenance None = new(Model: null, Sources: []);

    /// <summary>As a request says, of which <see cref="Check"/> found nothing wrong.</summary>
    public static Provenance Of(string? model, IReadOnlyList<string>? sources) =>
        model is null && sources is null ? None : new Provenance(model, Parse(sources, errors: null));

    /// <summary>What is wrong with the sources of a request; places are pointers into it.</summary>
    public static void Check(IReadOnlyList<string>? sources, InputErrors errors) => Parse(sources, errors);

    static List<SourceReference> Parse(IReadOnlyList<string>? parts, InputErrors? errors)
    {
        var sources = new List<SourceReference>();
        foreach (var part in parts ?? [])
        {
            // Null where JSON says so, which is told of the list.
            if (part is null) continue;
            if (SourceReference.Parse(part) is { } source)
            {
                if (!sources.Contains(source)) sources.Add(source);
            }
            else
            {
                errors?.Add(
                    "/sources",
                    $"\"{InputText.Shorten(part)}\" is no source: write a resource, `type:name` or "
                    + "`type:namespace/key`, with or without `@version`.");
            }
        }

        if (sources.Count > MaxSources)
            errors?.Add("/sources", $"There are {sources.Count} sources; {MaxSources} is the most.");
        return sources;
    }
}
