using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Copying;
using Baton.Server.Platform.Storage.Postgres;
using Baton.Server.Platform.Storage.Readers;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Storage.Copying;

/// <summary>A copy that ends early shows nothing, says so to whoever starts a server, and is begun again.</summary>
public sealed class CopyInterruptionTests : IDisposable
{
    const int DatabaseRefused = 4;
    const int Interrupted = 130;

    /// <summary>So large that what comes after the first tables takes much longer than a signal.</summary>
    const int LargeBytes = 8 * 1024 * 1024;

    const int LargeCount = 6;

    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    readonly CopyPlaces _places = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("b", "KILL")]
    [InlineData("b", "INT")]
    [InlineData("pg:b", "KILL")]
    [InlineData("pg:b", "INT")]
    public async Task Copy_EndedInTheMiddle_IsRefusedToServersAndBegunAgain(string target, string signal)
    {
        if (CopyPlaces.IsPostgres(target)) Backend.SkipUnlessPostgres();
        Assert.SkipWhen(
            signal == "INT" && Outside.IgnoresInterrupt,
            "The tests run where an interrupt is ignored, as beneath `nohup`: what they start ignores it as well.");
        await FillAsync("a");
        var attempt = 0;
        // On a busy machine the copy may be done before the signal reaches it: then another one is begun.
        while (!await EndInTheMiddleAsync(target, signal))
        {
            Assert.True(++attempt < 10, "The copy was always faster than the signal.");
            target += "x";
        }

        foreach (var verb in new[] { "serve", "check" })
        {
            var (code, output) = await _places.RunAsync(target, verb);
            Assert.True(code == DatabaseRefused, $"{verb} ended with {code}: {output}");
            Assert.Contains("was not finished. Run `Baton.Server copy` again", output, StringComparison.Ordinal);
        }

        await _places.CopyAsync("a", target);
        await using var server = await StartAsync(target);
        Assert.Equal(LargeBytes, (await server.Admin.GetByteArrayAsync($"/stash/s{LargeCount}", Cancellation)).Length);
    }

    /// <summary>False when the copy was done before.</summary>
    async Task<bool> EndInTheMiddleAsync(string target, string signal)
    {
        await using var copy = _places.LaunchCopy("a", target);
        await copy.LineAsync("copied api_key");
        using (var kill = Process.Start("kill", [$"-{signal}", copy.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(Cancellation);
        var code = await copy.WaitForExitAsync(s_deadline);
        if (copy.Output.Contains("copied and compared", StringComparison.Ordinal)) return false;
        if (signal == "INT") Assert.Equal(Interrupted, code);
        return true;
    }

    [Fact]
    public async Task Copy_ThatDiffersFromItsSource_IsRefusedAndNotShown()
    {
        await FillAsync("a", count: 1);
        foreach (var place in Backend.IsPostgres ? ["b", "pg:b"] : new[] { "b" })
        {
            await using (var source = await SourceAsync("a"))
            await using (var target = new FaultyTarget(await TargetAsync(place)))
            {
                var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(() => DatabaseCopy.RunAsync(
                    source, target, new CopyProgress(TextWriter.Null, isTerminal: false, TimeProvider.System), Cancellation));
                Assert.Contains("The copy of table stash_version is not equal", refusal.Message, StringComparison.Ordinal);
            }

            Assert.Equal(DatabaseRefused, (await _places.RunAsync(place, "serve")).ExitCode);
        }
    }

    /// <summary>The lock that says that a server is there has gone with its session; its commits still wait for the copy.</summary>
    [Fact]
    public async Task Copy_FromAServerThatLostItsSession_HasNoCommitInBetween()
    {
        Backend.SkipUnlessPostgres();
        await using var server = await StartAsync("pg:a");
        await server.Admin.AskAsync("PUT /stash/before\n\nx");
        await using var beside = Backend.OpenDatabaseOf(_places.DirectoryOf("pg:a"));
        // Nobody takes the lock again as long as this session has it.
        await EndPresenceAsync(beside);
        await ScalarAsync(beside, $"SELECT pg_advisory_unlock({PostgresPeers.LockSpace}, 3)");
        await using (await SourceAsync("pg:a"))
        {
            using var answer = await server.Admin.SendAsync("PUT /stash/during\n\nx");
            await Problems.CheckAsync(answer, "storage.unavailable");
            await server.Admin.GetStringAsync("/stash/before", Cancellation);
        }

        await server.Admin.AskAsync("PUT /stash/after\n\nx");
    }

    [Fact]
    public async Task Server_ThatLostItsSession_IsThereAgain()
    {
        Backend.SkipUnlessPostgres();
        await using var server = await StartAsync("pg:a");
        await using var beside = Backend.OpenDatabaseOf(_places.DirectoryOf("pg:a"));
        await EndPresenceAsync(beside);
        await ScalarAsync(beside, $"SELECT pg_advisory_unlock({PostgresPeers.LockSpace}, 3)");
        // The database tells nobody of locks: it has to be asked.
        await Outside.UntilAsync(
            async () => await ScalarAsync(beside, PresenceQuery) is not 0L, s_deadline, "The server did not come back.");
        await Assert.ThrowsAsync<DatabaseRefusedException>(() => SourceAsync("pg:a"));
    }

    [Fact]
    public async Task Server_WhileItsDatabaseIsCopied_IsRefused()
    {
        Backend.SkipUnlessPostgres();
        await FillAsync("pg:a", count: 1);
        await using (await SourceAsync("pg:a"))
        {
            var (code, output) = await _places.RunAsync("pg:a", "serve");
            Assert.True(code == DatabaseRefused, output);
            Assert.Contains("is just being copied", output, StringComparison.Ordinal);
        }

        await using var server = await StartAsync("pg:a");
    }

    public void Dispose() => _places.Dispose();

    static string PresenceQuery => $"""
        SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = {PostgresPeers.LockSpace} AND objid = 3
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    /// <summary>Ends the server's session that holds the lock, and takes the lock in its place.</summary>
    static async Task EndPresenceAsync(DbConnection beside)
    {
        Assert.Equal(1L, await ScalarAsync(beside, PresenceQuery));
        await ScalarAsync(beside, PresenceQuery.Replace("count(*)", "pg_terminate_backend(pid)", StringComparison.Ordinal));
        await ScalarAsync(beside, $"SELECT pg_advisory_lock({PostgresPeers.LockSpace}, 3)");
    }

    static async Task<object?> ScalarAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Cancellation);
    }

    async Task FillAsync(string place, int count = LargeCount)
    {
        await using var server = await StartAsync(place);
        for (var number = 1; number <= count; number++)
        {
            using var content = new ByteArrayContent(new byte[LargeBytes]);
            using var answer = await server.Admin.PutAsync($"/stash/s{number}", content, Cancellation);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
    }

    Task<TestServer> StartAsync(string place) => TestServer.StartAsync(
        options => options with { Database = CopyPlaces.IsPostgres(place) ? _places.Of(place) : null },
        directory: _places.DirectoryOf(place));

    Task<ICopySide> SourceAsync(string place) => Baton.Server.CopyDatabase.OpenSourceAsync(_places.Of(place), Cancellation);

    Task<ICopyTarget> TargetAsync(string place) => Baton.Server.CopyDatabase.OpenTargetAsync(_places.Of(place), Cancellation);

    /// <summary>Changes one bit of one value on its way.</summary>
    sealed class FaultyTarget(ICopyTarget target) : ICopyTarget
    {
        public string Name => target.Name;

        public ValueTask BeginAsync(CancellationToken cancellation) => target.BeginAsync(cancellation);

        public async ValueTask<IRowWriter> WriteAsync(StoredTable table, CancellationToken cancellation)
        {
            var writer = await target.WriteAsync(table, cancellation);
            return table.Name == "stash_version" ? new FaultyWriter(writer) : writer;
        }

        public ValueTask LoadedAsync(CancellationToken cancellation) => target.LoadedAsync(cancellation);

        public ValueTask FinishAsync(CancellationToken cancellation) => target.FinishAsync(cancellation);

        public ValueTask<T> ReadAsync<TState, T>(
            TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation) =>
            target.ReadAsync(state, read, cancellation);

        public ValueTask DisposeAsync() => target.DisposeAsync();
    }

    sealed class FaultyWriter(IRowWriter writer) : IRowWriter
    {
        public void Text(int column, string? value) => writer.Text(column, value);

        public void Integer(int column, long? value) => writer.Integer(column, value);

        public void Bytes(int column, byte[]? value)
        {
            var changed = (byte[]?)value?.Clone();
            if (changed is { Length: LargeBytes }) changed[LargeBytes / 2] ^= 1;
            writer.Bytes(column, changed);
        }

        public void EndRow() => writer.EndRow();

        public ValueTask CompleteAsync(CancellationToken cancellation) => writer.CompleteAsync(cancellation);

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}
