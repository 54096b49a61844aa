using System.Diagnostics;
using System.Globalization;

namespace Baton.Bench.Schemas;

/// <summary>A node process with Ajv in it, which measures itself when told to.</summary>
internal sealed class AjvPeer : IDisposable
{
    static readonly TimeSpan s_answerTimeout = TimeSpan.FromMinutes(2);

    readonly Process _process;

    AjvPeer(Process process)
    {
        _process = process;
    }

    /// <summary>Starts it, and checks that it finds all documents valid but the last.</summary>
    public static async Task<AjvPeer> StartAsync(
        Suite suite, string schema, IReadOnlyList<byte[]> documents, CancellationToken cancellation)
    {
        List<string> paths = [suite.Scratch.File("schema.json")];
        await File.WriteAllTextAsync(paths[0], schema, cancellation);
        foreach (var (index, document) in documents.Index())
        {
            paths.Add(suite.Scratch.File($"document-{index}.json"));
            await File.WriteAllBytesAsync(paths[^1], document, cancellation);
        }

        var start = new ProcessStartInfo("node", [suite.AjvScript, .. paths])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var peer = new AjvPeer(Process.Start(start) ?? throw new BenchException("node did not start"));
        var ready = await peer.ReadAsync(cancellation);
        var expected = "ready " + string.Concat(Enumerable.Repeat("true ", documents.Count - 1)) + "false";
        if (ready == expected) return peer;
        peer.Dispose();
        throw new BenchException($"Ajv said '{ready}', not '{expected}'");
    }

    /// <summary>The time that so many validations of a document take.</summary>
    public async Task<TimeSpan> RunAsync(string mode, int document, int count, CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync($"{mode} {document} {count}".AsMemory(), cancellation);
        await _process.StandardInput.FlushAsync(cancellation);
        var answer = await ReadAsync(cancellation);
        return long.TryParse(answer, CultureInfo.InvariantCulture, out var nanoseconds)
            ? TimeSpan.FromMicroseconds(nanoseconds / 1e3)
            : throw new BenchException($"Ajv said '{answer}'");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    async Task<string> ReadAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_answerTimeout);
        return await _process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new BenchException("node has ended");
    }
}
