using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Platform.Http;

/// <summary>What the edge needs to let a request in, and to have its operation done.</summary>
internal sealed class EdgeServices
{
    public required BatonOptions Options { get; init; }

    public required ReadServices Reading { get; init; }

    public required OperationRunner Runner { get; init; }

    public required Workspaces Workspaces { get; init; }

    public required ITickets Tickets { get; init; }

    public required RateLimiter RateLimiter { get; init; }

    public required Refusals Refusals { get; init; }

    public required Quarantine Quarantine { get; init; }

    public required Bodies Bodies { get; init; }

    public required BatonMetrics Metrics { get; init; }
}
