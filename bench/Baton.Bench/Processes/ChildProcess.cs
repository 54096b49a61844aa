using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Baton.Bench.Processes;

/// <summary>A server that runs for as long as this lives; its output is read, and its last lines are kept.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    const int Sigterm = 15;
    const int KeptLineCount = 30;
    static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    readonly Process _process;
    readonly string _readyMark;
    readonly Stopwatch _sinceStart;
    readonly TaskCompletionSource<TimeSpan> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Written by the two output readers, under itself.
    readonly Queue<string> _lastLines = new();

    ChildProcess(ProcessStartInfo start, string readyMark)
    {
        _readyMark = readyMark;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _sinceStart = Stopwatch.StartNew();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Starts it and waits for a line that contains <paramref name="readyMark"/>.</summary>
    /// <returns>The process, and the time from its start to that line.</returns>
    public static async Task<(ChildProcess Process, TimeSpan TimeToReady)> StartAsync(
        string readyMark, TimeSpan timeout, ProcessStartInfo start, CancellationToken cancellation)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var child = new ChildProcess(start, readyMark);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        var ended = child._process.WaitForExitAsync(limit.Token);
        if (await Task.WhenAny(child._ready.Task, ended) == child._ready.Task)
            return (child, await child._ready.Task);

        var said = child.LastLines();
        await child.DisposeAsync();
        cancellation.ThrowIfCancellationRequested();
        var what = ended.IsCompletedSuccessfully ? "ended" : $"did not say '{readyMark}' within {timeout}";
        throw new BenchException($"{start.FileName} {what}. {said}");
    }

    /// <summary>Asks it to end, and ends it if it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _ = SendSignal(_process.Id, Sigterm);
        using var patience = new CancellationTokenSource(StopTimeout);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
    }

    void OnLine(string? line)
    {
        if (line is null)
            return;
        if (line.Contains(_readyMark, StringComparison.Ordinal))
            _ready.TrySetResult(_sinceStart.Elapsed);
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLineCount)
                _lastLines.Dequeue();
        }
    }

    string LastLines()
    {
        lock (_lastLines)
            return _lastLines.Count == 0 ? "It said nothing." : "It said:\n" + string.Join('\n', _lastLines);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
