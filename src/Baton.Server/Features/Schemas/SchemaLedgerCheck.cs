using Baton.Contracts.Ledger;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Schemas;

/// <summary>
/// The part of `check` about schemas: every definition is the one that its ledger entry vouches for, and every schema
/// that is used exists.
/// </summary>
internal static class SchemaLedgerCheck
{
    /// <summary>
    /// The most problems that are listed. More would not help, because a person has to look after the first one.
    /// </summary>
    const int MaxProblems = 100;

    /// <summary>What is wrong, in words; nothing when all is well.</summary>
    public static ValueTask<List<string>> RunAsync(IDatabase database, CancellationToken cancellation) =>
        database.ReadAsync(0, static async (session, _, token) =>
        {
            var problems = new List<string>();
            await CheckDefinitionsAsync(session, problems, token);
            await CheckBindingsAsync(session, problems, token);
            return problems;
        }, cancellation);

    static async ValueTask CheckDefinitionsAsync(
        ReadSession session, List<string> problems, CancellationToken cancellation)
    {
        var command = session.Command(
            """
            SELECT v.schema_id, d.definition, d.salt, l.entry FROM schema_version v
            LEFT JOIN schema_definition d ON d.workspace_id = v.workspace_id AND d.schema_id = v.schema_id
            LEFT JOIN ledger l ON l.workspace_id = v.workspace_id AND l.seq = v.created_seq
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (problems.Count < MaxProblems && await reader.ReadAsync(cancellation))
        {
            var isWhole = reader.BytesOrNull(1) is { } definition && reader.BytesOrNull(2) is { } salt
                && reader.BytesOrNull(3) is { } entry && LedgerEncoding.TryDecodeBody(entry, out var vouched)
                && SchemaCommitment.Of(salt, definition).AsSpan().SequenceEqual(vouched!.Commitment);
            if (!isWhole) problems.Add($"schema {reader.GetString(0)} is not what was registered");
        }
    }

    static async ValueTask CheckBindingsAsync(
        ReadSession session, List<string> problems, CancellationToken cancellation)
    {
        var command = session.Command(
            """
            SELECT b.resource, b.schema_id FROM schema_binding b
            LEFT JOIN schema_version v ON v.workspace_id = b.workspace_id AND v.schema_id = b.schema_id
            WHERE v.schema_id IS NULL AND b.expires_at = 9223372036854775807
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (problems.Count < MaxProblems && await reader.ReadAsync(cancellation))
            problems.Add($"{reader.GetString(0)} uses schema {reader.GetString(1)}, which is not there");
    }
}
