using Baton.Contracts.Requests;

namespace Baton.Contracts.Events;

/// <summary>Tells the newest entry of the workspace's ledger and its hash.</summary>
public sealed record ReadLedgerHeadRequest : IReadRequest;
