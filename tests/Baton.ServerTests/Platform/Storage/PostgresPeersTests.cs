using Baton.Server.Platform.Storage.Postgres;
using Baton.ServerTests.Harness;
using Npgsql;

namespace Baton.ServerTests.Platform.Storage;

/// <summary>How servers on one PostgreSQL share work.</summary>
public sealed class PostgresPeersTests
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The server stops while the database is asked whether the lock is held still, and the answer comes at that moment.
    /// </summary>
    [Fact]
    public async Task Leader_ThatIsCancelledWhileItAsks_Ends()
    {
        Backend.SkipUnlessPostgres();
        var directory = Directory.CreateTempSubdirectory("baton-test-").FullName;
        var database = new Uri(Backend.DatabaseOf(directory)!);
        try
        {
            await using var proxy = new SilencingProxy(database.Host, database.Port);
            await using var connections = new PostgresConnections(
                new UriBuilder(database) { Host = "127.0.0.1", Port = proxy.Port }.Uri.ToString());
            using var peers = new PostgresPeers(connections, listens: false);
            using var stopping = new CancellationTokenSource();
            var leads = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var leading = peers.RunAloneAsync(
                async cancellation =>
                {
                    leads.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                },
                stopping.Token);
            await leads.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
            await proxy.SilenceAsync().WaitAsync(s_patience, TestContext.Current.CancellationToken);
            await stopping.CancelAsync();
            proxy.Speak();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => leading.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            Backend.Drop(directory);
            Directory.Delete(directory, recursive: true);
        }
    }
}
