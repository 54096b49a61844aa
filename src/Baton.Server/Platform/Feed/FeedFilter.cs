using Baton.Contracts.Ledger;

namespace Baton.Server.Platform.Feed;

/// <summary>A text in which `*` stands for any run of characters, `/` and none included.</summary>
internal sealed class Glob
{
    /// <summary>Each may look through all of a text: a filter is asked of every entry, for every follower.</summary>
    public const int MaxWildcards = 8;

    readonly string[] _parts;

    public Glob(string pattern)
    {
        Pattern = pattern;
        _parts = pattern.Split('*');
    }

    public string Pattern { get; }

    /// <summary>No wildcard in it: only this very text matches.</summary>
    public bool IsExact => _parts.Length == 1;

    public bool Matches(string text)
    {
        if (IsExact) return text == Pattern;
        var rest = text.AsSpan();
        if (!rest.StartsWith(_parts[0], StringComparison.Ordinal)) return false;
        rest = rest[_parts[0].Length..];
        foreach (var part in _parts.AsSpan(1, _parts.Length - 2))
        {
            var at = rest.IndexOf(part, StringComparison.Ordinal);
            if (at < 0) return false;
            rest = rest[(at + part.Length)..];
        }

        return rest.EndsWith(_parts[^1], StringComparison.Ordinal);
    }
}

/// <summary>Which entries a follower wants. Null members leave all through.</summary>
internal sealed record FeedFilter(Glob? Resource, Glob? Action, string? AgentId)
{
    /// <summary>Another resource, besides an exact one: entries about either are let through.</summary>
    public string? OtherResource { get; init; }

    public static readonly FeedFilter Everything = new(Resource: null, Action: null, AgentId: null);

    public static FeedFilter Of(string resource) => new(new Glob(resource), Action: null, AgentId: null);

    /// <summary>Entries about two things.</summary>
    public static FeedFilter OfEither(string resource, string other) => Of(resource) with { OtherResource = other };

    public bool IsEverything => Resource is null && Action is null && AgentId is null;

    /// <summary>What it costs to ask it, roughly: 1 for a single name.</summary>
    public int Weight { get; } = 1 + WeightOf(Resource) + WeightOf(Action);

    public bool Matches(LedgerEntry entry) =>
        (Resource is null || Resource.Matches(entry.Resource) || entry.Resource == OtherResource)
        && (Action is null || Action.Matches(entry.Action))
        && (AgentId is null || AgentId == entry.AgentId);

    static int WeightOf(Glob? glob) => glob is null or { IsExact: true } ? 0 : 1 + glob.Pattern.Length / 32;
}
