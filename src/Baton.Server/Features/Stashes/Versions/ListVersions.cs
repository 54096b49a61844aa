using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Stashes.Versions;

/// <summary>Lists the kept versions of a stash.</summary>
internal static class ListVersions
{
    public const string Action = "stash.versions";

    public static ReadSpec SpecOf(StashFinder finder) =>
        new ReadSpec<ListStashVersionsRequest, Page<StashVersionInfo>>(
            Action, "Lists the kept versions of a stash, newest first.",
            (caller, request) => ReadAsync(caller, finder, request.Name))
        {
            Description =
                "`salt` opens the ledger's commitment: SHA-256(salt ‖ content) is the `commitment` of the entry `seq`.",
            Role = Role.Reader,
            Resource = (request, _) => Stash.ResourceOf(request.Name),
            Found = "Every kept version; `next_cursor` is null.",
            Errors = [ErrorCodes.StashNotFound],
        };

    static async ValueTask<Outcome<Page<StashVersionInfo>>> ReadAsync(Caller caller, StashFinder finder, string name)
    {
        caller.Look();
        if (!caller.MaySee(Action, Stash.ResourceOf(name))
            || await finder.FindAsync(caller.WorkspaceId, name, caller.Aborted) is not { } stash)
            return StashFailures.NotFound(name);
        var page = (stash.WorkspaceId, Seqs: finder.Kept(stash).ConvertAll(entry => entry.Seq));
        var items = await caller.Reads.ReadAsync(page, ReadVersionsAsync, caller.Aborted);
        return new Page<StashVersionInfo>(items, NextCursor: null);
    }

    static async ValueTask<List<StashVersionInfo>> ReadVersionsAsync(
        ReadSession session, (string WorkspaceId, List<long> Seqs) page, CancellationToken cancellation)
    {
        var items = new List<StashVersionInfo>();
        foreach (var seq in page.Seqs)
        {
            var command = session.Command(
                """
                SELECT version, length(content), content_type, digest, updated_at, updated_by, model, sources, salt, seq
                FROM stash_version WHERE workspace_id = @workspace_id AND seq = @seq
                """,
                ("@workspace_id", page.WorkspaceId), ("@seq", seq));
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            if (await reader.ReadAsync(cancellation)) items.Add(ReadVersion(reader));
        }

        return items;
    }

    static StashVersionInfo ReadVersion(DbDataReader reader) => new()
    {
        Version = reader.GetInt64(0),
        Size = reader.GetInt64(1),
        ContentType = reader.GetString(2),
        Digest = Stash.DigestText(reader.Bytes(3)),
        UpdatedAt = Micros.ToTime(reader.GetInt64(4)),
        UpdatedBy = reader.GetString(5),
        Model = reader.TextOrNull(6),
        Sources = reader.GetString(7).Split(',', StringSplitOptions.RemoveEmptyEntries),
        Salt = Convert.ToHexStringLower(reader.Bytes(8)),
        Seq = reader.GetInt64(9),
    };
}
