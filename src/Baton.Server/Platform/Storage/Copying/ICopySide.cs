using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Storage.Copying;

/// <summary>
/// A database that is copied from. While it is held no server writes to it. Used by one caller at a time.
/// </summary>
internal interface ICopySide : IReads, IAsyncDisposable
{
    /// <summary>The name for messages; it contains no password.</summary>
    string Name { get; }
}
