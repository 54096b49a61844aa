using System.Net.Sockets;
using Npgsql;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>Tells which of the failures of storage an exception of Npgsql is.</summary>
internal static class PostgresFailures
{
    /// <summary>Whether the database, or the connection to it, has failed, rather than the server's own code.</summary>
    public static bool IsFailure(Exception failure) =>
        failure is NpgsqlException or SocketException or IOException or TimeoutException or ObjectDisposedException;

    /// <summary>Whether the connection cannot be used any more.</summary>
    public static bool IsBroken(Exception failure) =>
        failure is not PostgresException known
        || known.SqlState.StartsWith("08", StringComparison.Ordinal)
        || known.SqlState.StartsWith("57P", StringComparison.Ordinal)
        || known.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction;

    /// <summary>
    /// Whether PostgreSQL has refused a value or a statement (classes 22, 23 and 42), so that another attempt would
    /// fail too.
    /// </summary>
    public static bool IsRefusal(Exception failure) =>
        failure is PostgresException known && known.SqlState[..2] is ("22" or "23" or "42");

    /// <summary>The message of the innermost exception: those around it only say that there is one.</summary>
    public static string ReasonOf(Exception failure) => failure.GetBaseException().Message;

    /// <param name="failure">What Npgsql threw.</param>
    /// <param name="isCommitting">A COMMIT was under way: without an answer its outcome is unknown.</param>
    public static Exception Explain(Exception failure, bool isCommitting) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            new StorageFullException("The database's disk is full.", failure),
        // An error that the database has reported comes from a statement before the COMMIT, or from the COMMIT itself:
        // nothing was committed.
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
