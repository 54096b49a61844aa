using Baton.Contracts.Ledger;

namespace Baton.Server.Platform.Ledger;

/// <summary>
/// An entry's place in a history. A seq alone may name another entry: a failover can lose the newest ones, and their
/// seqs are then given again.
/// </summary>
/// <param name="Seq">0 before the first entry.</param>
/// <param name="Hash">The entry's hash, which no other entry has.</param>
internal sealed record LedgerPlace(long Seq, byte[] Hash)
{
    public static readonly LedgerPlace Genesis = new(0, LedgerEncoding.Genesis);

    /// <summary>Whether the entry here has this hash.</summary>
    public bool Has(byte[]? hash) => hash.AsSpan().SequenceEqual(Hash);
}
