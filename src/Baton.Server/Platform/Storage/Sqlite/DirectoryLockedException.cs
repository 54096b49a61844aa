namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>Another process holds the data directory.</summary>
internal sealed class DirectoryLockedException(string message, Exception inner) : Exception(message, inner);
