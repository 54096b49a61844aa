using System.Collections.Concurrent;
using Baton.Contracts.Events;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Feed;
using Baton.ServerTests.Harness;
using Microsoft.Extensions.Logging;

namespace Baton.ServerTests.Platform.Feed;

/// <summary>
/// A ledger that is damaged while the servers run: who reads in it what others committed tells of it, and comes to an
/// end. The feed here is that of another server, which knows nothing yet.
/// </summary>
public sealed class DamagedLedgerTests : IAsyncLifetime
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    readonly CancellationTokenSource _ending =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    readonly ConcurrentQueue<string> _log = [];
    readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TestServer _server = null!;
    World _damaged = null!;
    World _sound = null!;
    Quarantine _quarantine = null!;
    ChangeFeed _feed = null!;
    int _wentBack;

    public async ValueTask InitializeAsync()
    {
        Backend.SkipUnlessPostgres();
        // Cancelled when it lasts too long: whoever goes round in circles must not go on beside other tests.
        _ending.CancelAfter(s_patience);
        _server = await TestServer.StartAsync();
        (_damaged, _sound) = (await World.NewAsync(_server), await World.NewAsync(_server));
        _quarantine = new Quarantine(new LinesOf<Quarantine>(this));
        _feed = new ChangeFeed(_server.Parts.Ledger, _server.Parts.Database.Peers, _quarantine, new LinesOf<ChangeFeed>(this));
        _feed.HistoryWentBack += _ => _wentBack++;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_server is not null) await _server.DisposeAsync();
        _ending.Dispose();
    }

    [Theory]
    [InlineData("DELETE FROM ledger WHERE {newest}")]
    [InlineData("UPDATE ledger SET hash = zeroblob(32) WHERE {newest}")]
    public async Task Refresh_OfALedgerWithoutItsNewestEntry_EndsAndForgetsNothing(string damage)
    {
        await _feed.RefreshAsync(_damaged.WorkspaceId, _ending.Token);
        Damage(damage);
        for (var time = 0; time < 2; time++)
            Assert.Equal(_damaged.Head, await _feed.RefreshAsync(_damaged.WorkspaceId, _ending.Token));
        Assert.Equal(0, _wentBack);
        // Once, however often it is met.
        Assert.Contains(_damaged.WorkspaceId, Assert.Single(_log), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Refresh_OfALedgerWithAnEntryThatIsNone_EndsBeforeIt(long seq)
    {
        using var follower = _feed.Subscribe(_damaged.WorkspaceId, FeedFilter.Everything);
        Damage($"UPDATE ledger SET entry = hash WHERE workspace_id = '{{id}}' AND seq = {seq}");
        for (var time = 0; time < 2; time++)
            Assert.True(await _feed.RefreshAsync(_damaged.WorkspaceId, _ending.Token) < seq);
        Assert.Contains(_damaged.WorkspaceId, Assert.Single(_log), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM ledger WHERE {newest}")]
    [InlineData("UPDATE ledger SET entry = hash WHERE workspace_id = '{id}' AND seq = 1")]
    public async Task Heard_OfADamagedLedger_HoldsUpNoOtherWorkspace(string damage)
    {
        if (damage.StartsWith("DELETE", StringComparison.Ordinal))
            await _feed.RefreshAsync(_damaged.WorkspaceId, _ending.Token);
        Damage(damage);
        using var follower = _feed.Subscribe(_damaged.WorkspaceId, FeedFilter.Everything);
        await HearOfTheSoundAfterAsync(_damaged.WorkspaceId);
        Assert.Single(_log);
    }

    [Fact]
    public async Task Heard_OfAWorkspaceThatIsKeptApart_IsNotRead()
    {
        var row = await _server.Parts.Workspaces.GetAsync(_damaged.WorkspaceId, _ending.Token);
        _quarantine.Add(row!, new LedgerBreak(Seq: 1, "missing"));
        using var follower = _feed.Subscribe(_damaged.WorkspaceId, FeedFilter.Everything);
        await HearOfTheSoundAfterAsync(_damaged.WorkspaceId);
        Assert.Equal(0, _feed.Head(_damaged.WorkspaceId));
    }

    [Fact]
    public async Task Heard_WhileTheDatabaseRefusesToBeRead_IsToldAndReadLater()
    {
        using var follower = _feed.Subscribe(_sound.WorkspaceId, FeedFilter.Everything);
        var running = Task.WhenAny(_feed.RunAsync(_ending.Token), _feed.CatchUpAsync(_ending.Token));
        Damage("ALTER TABLE ledger RENAME TO ledger_elsewhere", changed: -1);
        _feed.Heard(_sound.WorkspaceId);
        await Task.WhenAny(running, _told.Task);
        Assert.False(running.IsCompleted, "Nobody reads what others commit any more.");
        Damage("ALTER TABLE ledger_elsewhere RENAME TO ledger", changed: -1);
        _feed.Heard(_sound.WorkspaceId);
        Assert.True(await follower.WaitAsync(s_patience, _ending.Token));
        Assert.Contains("refused", Assert.Single(_log), StringComparison.Ordinal);
    }

    /// <summary>Hears of both workspaces, one after the other, and returns when the second was read and told.</summary>
    async Task HearOfTheSoundAfterAsync(string damagedId)
    {
        using var follower = _feed.Subscribe(_sound.WorkspaceId, FeedFilter.Everything);
        var running = Task.WhenAll(_feed.RunAsync(_ending.Token), _feed.CatchUpAsync(_ending.Token));
        var told = follower.WaitAsync(s_patience, _ending.Token).AsTask();
        _feed.Heard(damagedId);
        _feed.Heard(_sound.WorkspaceId);
        await Task.WhenAny(running, told);
        Assert.True(told.IsCompletedSuccessfully && await told, "The other workspace was not read.");
        Assert.Equal(_sound.Head, _feed.Head(_sound.WorkspaceId));
        await _ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    void Damage(string sql, int changed = 1)
    {
        using var database = Backend.OpenDatabaseOf(_server.DataDirectory);
        using var command = database.CreateCommand();
        command.CommandText = Backend.Dialect(sql
            .Replace("{newest}", $"workspace_id = '{{id}}' AND seq = {_damaged.Head}", StringComparison.Ordinal)
            .Replace("{id}", _damaged.WorkspaceId, StringComparison.Ordinal));
        Assert.Equal(changed, command.ExecuteNonQuery());
    }

    sealed class LinesOf<T>(DamagedLedgerTests test) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            test._log.Enqueue(formatter(state, exception));
            test._told.TrySetResult();
        }
    }
}
