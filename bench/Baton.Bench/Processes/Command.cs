using System.Diagnostics;

namespace Baton.Bench.Processes;

/// <summary>A program that runs to its end.</summary>
internal static class Command
{
    /// <summary>Runs it, and ends it at the time-out or when cancelled.</summary>
    /// <returns>Its standard output.</returns>
    public static async Task<string> RunAsync(
        ProcessStartInfo start, TimeSpan timeout, CancellationToken cancellation)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        using var process = Process.Start(start) ?? throw new BenchException($"{start.FileName} did not start");
        try
        {
            var errorText = process.StandardError.ReadToEndAsync(limit.Token);
            var outputText = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0
                ? outputText
                : throw new BenchException(
                    $"{start.FileName} ended with {process.ExitCode}: {outputText}{await errorText}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BenchException($"{start.FileName} did not end within {timeout}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>The first line of what it prints, or `unknown`: for the versions in a report.</summary>
    public static async Task<string> FirstLineAsync(string fileName, string argument, CancellationToken cancellation)
    {
        var text = await RunAsync(
            new ProcessStartInfo("/bin/sh", ["-c", $"{fileName} {argument} 2>&1 | head -n 1"]),
            TimeSpan.FromSeconds(10),
            cancellation);
        return text.Trim() is { Length: > 0 } line ? line : "unknown";
    }
}
