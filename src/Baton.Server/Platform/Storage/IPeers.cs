namespace Baton.Server.Platform.Storage;

/// <summary>The other servers on the same database. Safe for concurrent use.</summary>
internal interface IPeers
{
    /// <summary>
    /// Tells the others that a workspace has a new commit, soon and without making the caller wait. The notice may get
    /// lost.
    /// </summary>
    void Tell(string workspaceId);

    /// <summary>
    /// Listens to what all servers tell, this one included, until it is cancelled. Survives the loss of its connection.
    /// </summary>
    Task ListenAsync(Action<string> heard, CancellationToken cancellation);

    /// <summary>
    /// Runs work on one server at a time: waits for its turn, and ends the work when the turn is lost. Until
    /// cancelled.
    /// </summary>
    Task RunAloneAsync(Func<CancellationToken, Task> work, CancellationToken cancellation);

    /// <summary>Sets this server's clock by the database's.</summary>
    ValueTask SetClockAsync(CancellationToken cancellation);
}
