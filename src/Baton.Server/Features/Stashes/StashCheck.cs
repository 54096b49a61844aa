using Baton.Contracts.Ledger;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Stashes;

/// <summary>For `check`: every kept version holds what its ledger entry vouches for.</summary>
internal static class StashCheck
{
    /// <summary>More would not help: after the first a person has to look.</summary>
    const int MaxProblems = 100;

    /// <summary>What is wrong, in words; nothing when all is well.</summary>
    public static ValueTask<List<string>> RunAsync(IDatabase database, CancellationToken cancellation) =>
        database.ReadAsync(0, static async (session, _, token) =>
        {
            var problems = new List<string>();
            var command = session.Command(
                """
                SELECT v.name, v.version, v.salt, v.content, v.content_type, l.entry FROM stash_version v
                LEFT JOIN ledger l ON l.workspace_id = v.workspace_id AND l.seq = v.seq
                """);
            await using var reader = await command.ExecuteReaderAsync(token);
            while (problems.Count < MaxProblems && await reader.ReadAsync(token))
            {
                var content = StashContent.Of(reader.Bytes(3), reader.GetString(4), reader.Bytes(2));
                var entry = reader.BytesOrNull(5);
                if (entry is null || !LedgerEncoding.TryDecodeBody(entry, out var vouched)
                    || !content.Commitment.AsSpan().SequenceEqual(vouched!.Commitment))
                    problems.Add($"stash {reader.GetString(0)} version {reader.GetInt64(1)} is not what was written");
            }

            return problems;
        }, cancellation);
}
