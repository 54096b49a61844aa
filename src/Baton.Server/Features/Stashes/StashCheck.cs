using Baton.Contracts.Ledger;
using Baton.Server.Features.Stashes.Contents;
using Baton.Server.Features.Stashes.Versions;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Stashes;

/// <summary>
/// The part of `check` about stashes: every stash has its content, and every kept version holds what its ledger entry
/// vouches for. It reads page by page, so that no statement runs for long, however much there is.
/// </summary>
internal static class StashCheck
{
    /// <summary>
    /// The most problems that are listed. More would not help, because a person has to look after the first one.
    /// </summary>
    const int MaxProblems = 100;

    /// <summary>
    /// The versions of one page. They are few, because their contents are read too, each of which may be as large as a
    /// stash.
    /// </summary>
    const int VersionsOfAPage = 100;

    const int StashesOfAPage = 10_000;

    /// <summary>What is wrong, in words; nothing when all is well.</summary>
    public static async ValueTask<List<string>> RunAsync(IReads database, CancellationToken cancellation)
    {
        var problems = new List<string>();
        var version = new StashVersionKey("", 0);
        for (var more = true; more && problems.Count < MaxProblems;)
            (more, version) = await database.ReadAsync((problems, version), CheckVersionsAsync, cancellation);
        var stash = new StashKey("", "");
        for (var more = true; more && problems.Count < MaxProblems;)
            (more, stash) = await database.ReadAsync((problems, stash), CheckStashesAsync, cancellation);
        return problems;
    }

    static async ValueTask<(bool More, StashVersionKey Last)> CheckVersionsAsync(
        ReadSession session, (List<string> Problems, StashVersionKey After) page, CancellationToken cancellation)
    {
        var (problems, last) = page;
        var command = session.Command(
            """
            SELECT v.workspace_id, v.seq, v.name, v.version, v.salt, v.content, v.content_type, l.entry
            FROM stash_version v
            LEFT JOIN ledger l ON l.workspace_id = v.workspace_id AND l.seq = v.seq
            WHERE (v.workspace_id, v.seq) > (@workspace_id, @seq) ORDER BY v.workspace_id, v.seq LIMIT @limit
            """,
            ("@workspace_id", last.WorkspaceId), ("@seq", last.Seq), ("@limit", (long)VersionsOfAPage));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var count = 0;
        for (; await reader.ReadAsync(cancellation); count++)
        {
            last = new StashVersionKey(reader.GetString(0), reader.GetInt64(1));
            var content = StashContent.Of(reader.Bytes(5), reader.GetString(6), reader.Bytes(4));
            var entry = reader.BytesOrNull(7);
            if (entry is null || !LedgerEncoding.TryDecodeBody(entry, out var vouched)
                || !content.Commitment.AsSpan().SequenceEqual(vouched!.Commitment))
                problems.Add($"stash {reader.GetString(2)} version {reader.GetInt64(3)} is not what was written");
        }

        return (count == VersionsOfAPage, last);
    }

    static async ValueTask<(bool More, StashKey Last)> CheckStashesAsync(
        ReadSession session, (List<string> Problems, StashKey After) page, CancellationToken cancellation)
    {
        var (problems, last) = page;
        var command = session.Command(
            """
            SELECT s.workspace_id, s.name, s.version, s.deleted_at, v.version FROM stash s
            LEFT JOIN stash_version v ON v.workspace_id = s.workspace_id AND v.seq = s.updated_seq
            WHERE (s.workspace_id, s.name) > (@workspace_id, @name) ORDER BY s.workspace_id, s.name LIMIT @limit
            """,
            ("@workspace_id", last.WorkspaceId), ("@name", last.Name), ("@limit", (long)StashesOfAPage));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var count = 0;
        for (; await reader.ReadAsync(cancellation); count++)
        {
            last = new StashKey(reader.GetString(0), reader.GetString(1));
            var version = reader.GetInt64(2);
            if (reader.IsDBNull(3) && (reader.IsDBNull(4) || reader.GetInt64(4) != version))
                problems.Add($"stash {last.Name} version {version} has no content");
        }

        return (count == StashesOfAPage, last);
    }
}
