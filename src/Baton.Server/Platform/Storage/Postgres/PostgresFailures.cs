using System.Net.Sockets;
using Npgsql;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>Which of the two failures that the lane and the edge know a failure of Npgsql is.</summary>
internal static class PostgresFailures
{
    /// <summary>A failure of the database or of the way to it, rather than of the server's own code.</summary>
    public static bool IsFailure(Exception failure) =>
        failure is NpgsqlException or SocketException or IOException or TimeoutException or ObjectDisposedException;

    /// <summary>The connection can be used no more.</summary>
    public static bool IsBroken(Exception failure) =>
        failure is not PostgresException known
        || known.SqlState.StartsWith("08", StringComparison.Ordinal)
        || known.SqlState.StartsWith("57P", StringComparison.Ordinal)
        || known.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction;

    /// <summary>
    /// A value or a statement that PostgreSQL does not take (classes 22, 23 and 42): the same again would fail again.
    /// </summary>
    public static bool IsRefusal(Exception failure) =>
        failure is PostgresException known && known.SqlState[..2] is ("22" or "23" or "42");

    /// <summary>What was at the bottom of it: the exceptions around it say that there is one.</summary>
    public static string ReasonOf(Exception failure) => failure.GetBaseException().Message;

    /// <param name="failure">What Npgsql threw.</param>
    /// <param name="isCommitting">A COMMIT was under way: without an answer its outcome is unknown.</param>
    public static Exception Explain(Exception failure, bool isCommitting) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            new StorageFullException("The database's disk is full.", failure),
        // What the server says of a statement before the COMMIT means that there was none.
        PostgresException known when !IsBroken(known) =>
            new StorageUnavailableException($"PostgreSQL refused: {known.SqlState} {known.MessageText}", failure)
            {
                IsRefused = IsRefusal(known),
            },
        _ => new StorageUnavailableException($"PostgreSQL does not answer: {ReasonOf(failure)}", failure)
        {
            IsOutcomeUnknown = isCommitting,
        },
    };
}
