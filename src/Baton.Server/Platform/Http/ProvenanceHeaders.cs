using Baton.Server.Platform.Commits;

namespace Baton.Server.Platform.Http;

/// <summary>The headers that say where content came from.</summary>
internal static class ProvenanceHeaders
{
    public static readonly ParameterSpec Model = new(
        "Baton-Model", "string", "The model that made the content: kept with the version.")
    {
        MinLength = 1,
        MaxLength = Provenance.MaxModelLength,
        Pattern = "^[ -~]*$",
    };

    public static readonly ParameterSpec Sources = new(
        "Baton-Sources", "string",
        "What it was made of, at most 64: `stash:research@3, store:files:repo/a.py`. "
        + "Without a version: that at commit.");

    public static Provenance Read(HttpCall call)
    {
        var model = call.Header("Baton-Model");
        var sources = call.Header("Baton-Sources");
        if (model is null && sources is null) return Provenance.None;
        return Provenance.Read(
            model,
            sources?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            call.Errors);
    }
}
