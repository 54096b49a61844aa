namespace Baton.Server.Platform.Basics;

/// <summary>
/// Runs the tasks beside the requests, and reports how each of them ends: none ends unnoticed. Safe for concurrent use.
/// </summary>
internal sealed partial class Background(ILogger<Background> log, CancellationToken stopping)
{
    readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Completes when a task has failed that the server cannot do without. The process then ends, and its log says why.
    /// </summary>
    public Task Failed => _failed.Task;

    /// <summary>
    /// Runs a task that has to go on until the server stops. If it ends before that, this is a fault of the server.
    /// </summary>
    /// <param name="name">What it does, as the log tells it.</param>
    /// <param name="work">Ends when it is cancelled.</param>
    public async Task RunAsync(string name, Func<CancellationToken, Task> work)
    {
        await SeeAsync(() => work(stopping));
        if (stopping.IsCancellationRequested || _failed.Task.IsCompleted) return;
        LogEnded(name);
        _failed.TrySetResult();
    }

    /// <summary>Watches a task that was started and that nobody awaits. It may end, but not by an exception.</summary>
    public void Watch(Task task) => _ = SeeAsync(() => task);

    /// <summary>Logs a fault after which the work goes on.</summary>
    public void Tell(string work, Exception bug) => LogFault(bug, work);

    async Task SeeAsync(Func<Task> begin)
    {
        try
        {
            await begin();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
        catch (Exception bug)
        {
            LogFailed(bug);
            _failed.TrySetResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "A background task failed by a fault of the server")]
    partial void LogFailed(Exception bug);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The background task {Work} ended before the server stopped")]
    partial void LogEnded(string work);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} met a fault of the server, and goes on")]
    partial void LogFault(Exception bug, string work);
}
