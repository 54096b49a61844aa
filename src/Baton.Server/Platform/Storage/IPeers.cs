namespace Baton.Server.Platform.Storage;

/// <summary>The other servers on the same database. Safe for concurrent use.</summary>
internal interface IPeers
{
    /// <summary>Tells them, soon and without waiting, that a workspace has a new commit. May get lost.</summary>
    void Tell(string workspaceId);

    /// <summary>
    /// Hears what the others (and this one) tell, until cancelled. Survives the loss of its connection.
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
