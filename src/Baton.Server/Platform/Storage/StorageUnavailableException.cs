namespace Baton.Server.Platform.Storage;

/// <summary>The database cannot be asked now; it may be later.</summary>
internal sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The connection was lost during COMMIT: whether it came about is unknown.</summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>The database is there, but refused a value or a statement: a fault of the server's.</summary>
    public bool IsRefused { get; init; }
}
