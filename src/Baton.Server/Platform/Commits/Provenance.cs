using System.Globalization;
using System.Text;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Lane;

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

/// <summary>A thing that something was made of.</summary>
/// <param name="Type">The kind of thing: `stash`.</param>
/// <param name="Id">Its id as in a resource: <see cref="ResourceName"/> decodes it.</param>
/// <param name="Version">Null: its version at commit.</param>
internal readonly record struct SourceReference(string Type, string Id, long? Version)
{
    const int MaxIdLength = 3100;

    public string Resource => string.Concat(Type, ":", Id);

    /// <summary>As it stands in `Baton-Sources`, with what separates there percent-encoded.</summary>
    public string ToHeader()
    {
        var text = new StringBuilder(Type).Append(':');
        foreach (var b in Encoding.UTF8.GetBytes(Id))
        {
            if (b is > (byte)' ' and < 0x7F and not ((byte)',' or (byte)'@')) text.Append((char)b);
            else text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return text.Append('@').Append(Version).ToString();
    }

    public static SourceReference? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return null;
        var at = text.LastIndexOf('@');
        long? version = null;
        if (at > colon)
        {
            if (!long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < 1)
                return null;
            version = number;
        }

        var id = Canonical(at > colon ? text[(colon + 1)..at] : text[(colon + 1)..]);
        return id is null or "" || id.Length > MaxIdLength ? null : new SourceReference(text[..colon], id, version);
    }

    /// <summary>
    /// Decoded and encoded again, so that a thing has one id however it is written. A slash that is not encoded ends a
    /// namespace.
    /// </summary>
    static string? Canonical(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (Decode(slash < 0 ? text : text[..slash]) is not { } first) return null;
        if (slash < 0) return ResourceName.Of("", first)[1..].Replace("/", "%2F", StringComparison.Ordinal);
        return Decode(text[(slash + 1)..]) is { } key ? ResourceName.Of("", first, key)[1..] : null;
    }

    static string? Decode(string text) => InputText.Decode(text.Replace("+", "%2B", StringComparison.Ordinal));
}

/// <summary>How a feature's things can be sources: how they are read, and what their version is.</summary>
/// <param name="Read">Names the row of a thing in a workspace.</param>
/// <param name="Version">The version of that thing now, or null when it is not there.</param>
internal sealed record SourceKind(
    Action<ReadSet, string, string> Read, Func<UnitOfWork, string, string, long?> Version);

/// <summary>Which things can be sources; every feature registers its own. Complete before the first request.</summary>
internal sealed class SourceKinds
{
    readonly Dictionary<string, SourceKind> _kinds = [];

    public void Add(string type, SourceKind kind) => _kinds.Add(type, kind);

    public void Read(Provenance provenance, string workspaceId, ReadSet reads)
    {
        foreach (var source in provenance.Sources)
        {
            if (_kinds.TryGetValue(source.Type, out var kind)) kind.Read(reads, workspaceId, source.Id);
        }
    }

    /// <summary>Every source with its version; or the failure that names those that do not exist.</summary>
    public Outcome<IReadOnlyList<SourceReference>> Resolve(Provenance provenance, string workspaceId, UnitOfWork work)
    {
        if (provenance.Sources.Count == 0) return Outcome.Of<IReadOnlyList<SourceReference>>([]);
        var errors = new InputErrors();
        var resolved = new List<SourceReference>();
        foreach (var source in provenance.Sources)
        {
            var version = _kinds.TryGetValue(source.Type, out var kind) ? kind.Version(work, workspaceId, source.Id)
                : null;
            if (version is null || source.Version > version)
                errors.Add(
                    ErrorCodes.LineageUnknownSource, "header:Baton-Sources",
                    $"{source.Resource}{(source.Version is { } wanted ? $"@{wanted}" : "")} does not exist.");
            else resolved.Add(source with { Version = source.Version ?? version });
        }

        return errors.Any ? errors.ToFailure() : Outcome.Of<IReadOnlyList<SourceReference>>(resolved);
    }
}
