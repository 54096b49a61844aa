using Baton.Contracts.Ledger;

namespace Baton.Server.Platform.Feed;

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
