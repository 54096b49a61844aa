using System.Globalization;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Postgres;

/// <summary>
/// An asynchronous standby becomes the primary, and has not got the newest commits: their seqs are given again, and
/// nothing that a server remembers of the old ones may be taken for the new.
/// </summary>
[Collection(SoakCollection.Name)]
public sealed class PostgresFailoverSoakTests
{
    const string End = """{"reason":"history_went_back"}""";
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failover_ThatLosesCommits_NeverAnswersOneForTheOther()
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var pair = await Pair.StartAsync();
        var (deaf, other) = (pair.Deaf, pair.Other);
        await pair.Writer.AskAsync("PUT /stash/kept\n\nkept");
        await pair.Writer.AskAsync("POST /stream\n\n{\"name\":\"log\"}");
        await pair.Writer.AskAsync("POST /stream/log\n\n{\"data\":1}");
        await pair.FollowNoLongerAsync();

        // All of this is lost. The server that is not told reads it, follows it and waits for more.
        var secret = await SeqOf(await deaf.SendAsync("PUT /stash/a\n\nsecret of a"));
        Assert.Equal("secret of a", await deaf.GetStringAsync("/stash/a", Cancellation));
        await deaf.AskAsync("PUT /stash/a\n\nnewer");
        await deaf.AskAsync("PUT /stash/a\n\nnewest");
        await deaf.AskAsync("POST /stream/log\n\n{\"data\":\"lost\"}");
        var lost = await SeqOf(await deaf.SendAsync("PUT /stash/lost\n\nlost"));
        using var events = await SseReader.OpenAsync(deaf, "/events?after=" + (lost - 1));
        using var stash = await SseReader.OpenAsync(deaf, "/stash/lost");
        using var stream = await SseReader.OpenAsync(deaf, "/stream/log?after=1");
        using var idle = await SseReader.OpenAsync(pair.Idle, "/events?after=" + (pair.IdleHead - 1));
        foreach (var reader in new[] { events, stash, stream, idle }) Assert.NotNull((await NextAsync(reader)).Data);
        var waiting = await pair.WaitAsync($"GET /events?after={lost}&wait=60");
        await pair.FailOverAsync();

        // Another server writes; this one is not told, and goes by what it reads.
        Assert.Equal(secret, await SeqOf(await Pair.BackAsync(other, "PUT /stash/b\n\nof b")));
        await Pair.BackAsync(other, "PUT /stash/kept\n\nkept 2");
        Assert.Equal("of b", await (await Pair.BackAsync(deaf, "GET /stash/b")).Content.ReadAsStringAsync(Cancellation));
        await Pair.BackAsync(other, "PUT /stash/b\n\nnewer of b");
        Assert.Equal("of b", await deaf.GetStringAsync("/stash/b?version=1", Cancellation));
        using (var gone = await deaf.SendAsync("GET /stash/a")) await Problems.CheckAsync(gone, "stash.not_found");

        // Its own commit comes after another's: so it finds out, and all that follows ends, be it of what was lost or not.
        await Pair.BackAsync(deaf, "PATCH /stash/b/append\n\n!");
        Assert.Equal("newer of b!", await deaf.GetStringAsync("/stash/b", Cancellation));
        foreach (var reader in new[] { events, stash, stream })
        {
            var end = await NextAsync(reader);
            Assert.Equal(("end", End), (end.Type, end.Data));
        }

        using (var ahead = await waiting.WaitAsync(s_deadline, Cancellation)) await Problems.CheckAsync(ahead, "cursor.ahead");
        // Nobody wrote to this workspace: it is found by looking.
        pair.Look();
        Assert.Equal(("end", End), (await NextAsync(idle) is var last ? (last.Type, last.Data) : default));
        using (var ahead = await pair.Idle.SendAsync($"GET /events?after={pair.IdleHead}&wait=60"))
            await Problems.CheckAsync(ahead, "cursor.ahead");

        // From here on it goes by the new history.
        using var anew = await SseReader.OpenAsync(deaf, "/events?after=now");
        await other.AskAsync("PUT /stash/c\n\nof c");
        pair.Look();
        Assert.Equal("stash:c", (await NextAsync(anew)).Json.GetProperty("resource").GetString());
        report.Figure("commits lost", lost - secret + 1);
        report.Passed();
    }

    /// <summary>A small append takes the content from memory: it must not commit another's.</summary>
    [Fact]
    public async Task Failover_ThatLosesCommits_CommitsNothingOfThem()
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var pair = await Pair.StartAsync();
        await pair.FollowNoLongerAsync();
        var secret = await SeqOf(await pair.Deaf.SendAsync("PUT /stash/a\n\nsecret of a"));
        Assert.Equal("secret of a", await pair.Deaf.GetStringAsync("/stash/a", Cancellation));
        await pair.FailOverAsync();
        Assert.Equal(secret, await SeqOf(await Pair.BackAsync(pair.Other, "PUT /stash/b\n\nof b")));
        await Pair.BackAsync(pair.Deaf, "PATCH /stash/b/append\n\n!");
        Assert.Equal("of b!", await pair.Other.GetStringAsync("/stash/b", Cancellation));
        Assert.Equal("of b!", await pair.Deaf.GetStringAsync("/stash/b", Cancellation));
        report.Passed();
    }

    static async Task<long> SeqOf(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return long.Parse(answer.Headers.GetValues("Baton-Seq").Single(), CultureInfo.InvariantCulture);
    }

    static async Task<SseEvent> NextAsync(SseReader reader) => (await reader.NextAsync().WaitAsync(s_deadline, Cancellation))!;

    /// <summary>
    /// A primary and its standby, and two servers on them, of which one hears of the other's commits only by looking,
    /// when it is told to.
    /// </summary>
    sealed class Pair : IAsyncDisposable
    {
        readonly TestTime _time = new();
        PostgresCluster _primary = null!;
        PostgresCluster _standby = null!;
        TestServer _deaf = null!;
        TestServer _other = null!;

        public HttpClient Deaf { get; private set; } = null!;

        public HttpClient Other { get; private set; } = null!;

        public HttpClient Writer => Other;

        /// <summary>A client of the server that is not told, in a workspace to which nobody else writes.</summary>
        public HttpClient Idle { get; private set; } = null!;

        /// <summary>The newest commit there before the failover.</summary>
        public long IdleHead { get; private set; }

        public static async Task<Pair> StartAsync()
        {
            var pair = new Pair { _primary = await PostgresCluster.StartAsync() };
            await pair._primary.CreateDatabaseAsync("baton");
            pair._standby = await pair._primary.StartStandbyAsync();
            var hosts = $"127.0.0.1:{pair._primary.Port},127.0.0.1:{pair._standby.Port}";
            var database = $"Host={hosts};Username=postgres;Database=baton";
            pair._deaf = await TestServer.StartAsync(
                options => options with { Database = database, DatabaseNotices = false }, pair._time);
            pair._other = await TestServer.StartAsync(options => options with { Database = database });
            var world = await World.NewAsync(pair._deaf);
            pair.Deaf = world.Agent;
            pair.Other = pair._other.NewClient(world.Value("agent_key"));
            pair.Idle = (await World.NewAsync(pair._deaf)).Agent;
            return pair;
        }

        /// <summary>From here on the standby gets nothing; it has everything that was committed before.</summary>
        public async Task FollowNoLongerAsync()
        {
            await using var primary = Backend.OpenSetting(_primary.Url + "/postgres");
            await using var standby = Backend.OpenSetting(_standby.Url + "/postgres");
            await using var written = primary.CreateCommand();
            written.CommandText = "SELECT pg_current_wal_flush_lsn()::text";
            var position = (string)(await written.ExecuteScalarAsync(Cancellation))!;
            await using var replayed = standby.CreateCommand();
            replayed.CommandText = $"SELECT pg_last_wal_replay_lsn() >= '{position}'::pg_lsn";
            await Outside.UntilAsync(
                async () => await replayed.ExecuteScalarAsync(Cancellation) is true, s_deadline, "The standby does not follow");
            await using var stop = standby.CreateCommand();
            stop.CommandText = "ALTER SYSTEM SET primary_conninfo = ''";
            await stop.ExecuteNonQueryAsync(Cancellation);
            stop.CommandText = "SELECT pg_reload_conf()";
            await stop.ExecuteNonQueryAsync(Cancellation);
            await using var stopped = standby.CreateCommand();
            stopped.CommandText = "SELECT NOT EXISTS (SELECT 1 FROM pg_stat_wal_receiver)";
            await Outside.UntilAsync(
                async () => await stopped.ExecuteScalarAsync(Cancellation) is true, s_deadline, "The standby follows still");
            IdleHead = await SeqOf(await Idle.SendAsync("PUT /stash/lost\n\nlost"));
        }

        public async Task FailOverAsync()
        {
            await _primary.KillAsync();
            await _standby.PromoteAsync();
        }

        /// <summary>Sends until the server has found the new primary; the answer, which is good.</summary>
        public static async Task<HttpResponseMessage> BackAsync(HttpClient client, string send)
        {
            HttpResponseMessage? answer = null;
            await Outside.UntilAsync(async () =>
            {
                answer?.Dispose();
                answer = await client.SendAsync(send);
                if (!answer.IsSuccessStatusCode) await Problems.CheckAsync(answer, "storage.unavailable");
                return answer.IsSuccessStatusCode;
            }, s_deadline, "The new primary is not found");
            return answer!;
        }

        /// <summary>Sends, and returns when the server waits.</summary>
        public async Task<Task<HttpResponseMessage>> WaitAsync(string send)
        {
            var armed = _deaf.NextWait();
            var answer = Deaf.SendAsync(send);
            await Task.WhenAny(armed, answer).WaitAsync(s_deadline, Cancellation);
            // By the end of one more exchange the wait has looked for the first time.
            await Deaf.AskAsync("GET /ledger/head");
            Assert.False(answer.IsCompleted, send);
            return answer;
        }

        public void Look() => _time.Advance(TimeSpan.FromSeconds(1));

        public async ValueTask DisposeAsync()
        {
            await _other.DisposeAsync();
            await _deaf.DisposeAsync();
            await _standby.DisposeAsync();
            await _primary.DisposeAsync();
        }
    }
}
