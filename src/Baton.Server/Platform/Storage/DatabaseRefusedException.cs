namespace Baton.Server.Platform.Storage;

/// <summary>
/// The database cannot be trusted or is not ours: the server does not start, and nothing was touched.
/// </summary>
internal sealed class DatabaseRefusedException(string message, Exception? inner = null) : Exception(message, inner);
