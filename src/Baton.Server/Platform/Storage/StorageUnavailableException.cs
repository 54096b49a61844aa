namespace Baton.Server.Platform.Storage;

/// <summary>The database cannot be asked now; it may be later.</summary>
internal sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// Whether the connection was lost during COMMIT, so that it is unknown whether the commit came about.
    /// </summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>
    /// Whether the database works, but has refused a value or a statement: this is a fault of the server.
    /// </summary>
    public bool IsRefused { get; init; }
}
