namespace Baton.Server.Platform.Storage;

/// <summary>The disk has no room: nothing of the transaction was kept, and reads go on.</summary>
internal sealed class StorageFullException(string message, Exception inner) : Exception(message, inner);
