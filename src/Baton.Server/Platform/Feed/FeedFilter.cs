using Baton.Contracts.Ledger;

namespace Baton.Server.Platform.Feed;

/// <summary>The entries that a follower wants. A member that is null lets all entries through.</summary>
internal sealed record FeedFilter(Glob? Resource, Glob? Action, string? AgentId)
{
    /// <summary>A second resource, if the first is an exact one: entries about either are let through.</summary>
    public string? OtherResource { get; init; }

    public static readonly FeedFilter Everything = new(Resource: null, Action: null, AgentId: null);

    public static FeedFilter Of(string resource) => new(new Glob(resource), Action: null, AgentId: null);

    /// <summary>The filter for entries about one of two things.</summary>
    public static FeedFilter OfEither(string resource, string other) => Of(resource) with { OtherResource = other };

    public bool IsEverything => Resource is null && Action is null && AgentId is null;

    /// <summary>Roughly what it costs to ask the filter about an entry: 1 for an exact name.</summary>
    public int Weight { get; } = 1 + WeightOf(Resource) + WeightOf(Action);

    public bool Matches(LedgerEntry entry) =>
        (Resource is null || Resource.Matches(entry.Resource) || entry.Resource == OtherResource)
        && (Action is null || Action.Matches(entry.Action))
        && (AgentId is null || AgentId == entry.AgentId);

    static int WeightOf(Glob? glob) => glob is null or { IsExact: true } ? 0 : 1 + glob.Pattern.Length / 32;
}
