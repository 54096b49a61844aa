namespace Baton.Contracts.Ledger;

/// <summary>
/// Checks a chain of ledger entries, one after the other. The memory that it takes does not grow with them. Not safe
/// for concurrent use.
/// </summary>
/// <param name="workspaceId">The id of the workspace whose chain it is.</param>
/// <param name="after">The seq before that of the first entry to be checked; 0 to begin at the start.</param>
/// <param name="previousHash">The hash of the entry <paramref name="after"/>; 32 zero bytes at the start.</param>
public sealed class LedgerVerifier(string workspaceId, long after, byte[] previousHash)
{
    readonly byte[] _workspaceId = System.Text.Encoding.UTF8.GetBytes(workspaceId);
    readonly byte[] _computed = new byte[LedgerEncoding.HashSize];
    byte[] _previousHash = previousHash;

    /// <summary>How many entries were checked.</summary>
    public long Checked { get; private set; }

    /// <summary>The seq of the entry that was checked last.</summary>
    public long Seq { get; private set; } = after;

    /// <summary>The hash, as it is stored, of the entry that was checked last.</summary>
    public ReadOnlySpan<byte> Hash => _previousHash;

    /// <summary>
    /// Checks the next entry. Null: it is intact. Otherwise what is wrong: `missing` (the first entry that is missing
    /// has the <see cref="Seq"/> from before the call, plus 1), `out_of_order`, `malformed` or `hash_mismatch`.
    /// </summary>
    /// <param name="seq">The seq under which the entry is stored.</param>
    /// <param name="body">Its body (<see cref="LedgerEncoding.EncodeBody"/>).</param>
    /// <param name="hash">Its hash as stored. Kept until the next call.</param>
    public string? Check(long seq, ReadOnlySpan<byte> body, byte[] hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        var expected = Seq + 1;
        LedgerEncoding.Hash(body, _previousHash, _computed);
        Checked++;
        Seq = seq;
        _previousHash = hash.Length == LedgerEncoding.HashSize ? hash : new byte[LedgerEncoding.HashSize];
        if (seq > expected) return "missing";
        if (seq < expected) return "out_of_order";
        if (!LedgerEncoding.TryReadPlace(body, out var workspace, out var inside, out var commitSeq))
            return "malformed";
        if (!_computed.AsSpan().SequenceEqual(hash)) return "hash_mismatch";
        return inside == seq && commitSeq >= seq && workspace.SequenceEqual(_workspaceId) ? null : "malformed";
    }
}
