using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Linearizability;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak;

/// <summary>Money is moved between accounts by many, while the server is killed: none is made and none is lost.</summary>
[Collection(SoakCollection.Name)]
public sealed class TransactionSoakTests
{
    const int Accounts = 20;
    const int Clients = 32;
    const int StartBalance = 1000;

    [Fact]
    public async Task Transfers_ByManyAcrossCrashes_KeepTheTotalAndOneOrder()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = new RestartingServer(data.Path);
        using var bank = new Bank();
        await bank.OpenAsync(await server.StartAsync());
        var rounds = SoakSize.Of(small: 3, full: 30);
        for (var round = 1; round <= rounds; round++)
        {
            var url = await server.UrlAsync();
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var load = Task.WhenAll(Enumerable.Range(0, Clients)
                .Select(number => Task.Run(() => bank.TransferAsync(url, number, new Random(seed + (round * Clients) + number), ending.Token))));
            var audit = Task.Run(() => bank.AuditAsync(url, ending.Token), TestContext.Current.CancellationToken);
            await Outside.PassAsync(TimeSpan.FromMilliseconds(random.Next(300, 1500)));
            await server.KillAsync();
            await ending.CancelAsync();
            await load;
            await audit;
            await bank.CheckAsync(await server.StartAsync());
        }

        Assert.Equal(0, await server.TerminateAsync());
        report.Figure("crashes", rounds);
        bank.Tell(report);
        report.Passed();
    }

    /// <summary>The clients, and all that they were told.</summary>
    sealed class Bank : IDisposable
    {
        readonly SoakClient _client = new();
        readonly ConcurrentBag<(string Key, RegisterOperation Operation)> _history = [];
        Dictionary<string, RegisterState> _states = [];
        int _checked;
        int _done;
        int _overtaken;
        int _unknown;
        int _audits;

        public async Task OpenAsync(string url)
        {
            var accounts = string.Join(',', Enumerable.Range(0, Accounts).Select(number => $"\"{KeyOf(number)}\":{StartBalance}"));
            var answer = await SendAsync(url, HttpMethod.Post, "/store/bank", $"{{\"set\":{{{accounts}}}}}");
            Assert.True(answer.IsGood, answer.ToString());
        }

        /// <summary>Moves money between two accounts as long as the server answers.</summary>
        public async Task TransferAsync(string url, int client, Random random, CancellationToken cancellation)
        {
            while (!cancellation.IsCancellationRequested)
            {
                var from = random.Next(Accounts);
                var to = (from + random.Next(1, Accounts)) % Accounts;
                if (await ReadAsync(url, client, from) is not var (fromVersion, fromBalance)) return;
                if (await ReadAsync(url, client, to) is not var (toVersion, toBalance)) return;
                var amount = random.Next(1, 50);
                if (fromBalance < amount) continue;
                Change[] changes = [new(KeyOf(from), fromVersion, fromBalance - amount), new(KeyOf(to), toVersion, toBalance + amount)];
                if (!await WriteAsync(url, client, changes)) return;
            }
        }

        /// <summary>Reads all accounts as one snapshot, in both ways there are: the total is always the same.</summary>
        public async Task AuditAsync(string url, CancellationToken cancellation)
        {
            var keys = string.Join(',', Enumerable.Range(0, Accounts).Select(number => $"\"{KeyOf(number)}\""));
            try
            {
                while (!cancellation.IsCancellationRequested)
                {
                    var answer = await SendAsync(url, HttpMethod.Post, "/store/bank/get", $"{{\"keys\":[{keys}]}}");
                    var values = answer.Json<JsonElement>().GetProperty("values").EnumerateObject().Select(value => value.Value.GetInt32()).ToList();
                    Assert.Equal((Accounts, Accounts * StartBalance), (values.Count, values.Sum()));
                    var lines = await _client.SendAsync(url, HttpMethod.Get, "/store/bank", body: null, ("Accept", "application/x-ndjson"));
                    Assert.Equal(Accounts * StartBalance, LinesOf(lines).Sum(line => line.GetProperty("value").GetInt32()));
                    _audits++;
                }
            }
            catch (Exception dead) when (dead is HttpRequestException or IOException)
            {
                // It was killed.
            }
        }

        public async Task CheckAsync(string url)
        {
            await _client.VerifyAsync(url);
            var states = new Dictionary<string, RegisterState>();
            for (var number = 0; number < Accounts; number++)
            {
                var (version, balance) = (await ReadAsync(url, client: -1, number))!.Value;
                states[KeyOf(number)] = new RegisterState(version, balance.ToString(CultureInfo.InvariantCulture));
            }

            Assert.Equal(Accounts * StartBalance, states.Values.Sum(state => int.Parse(state.Value!, CultureInfo.InvariantCulture)));
            CheckHistories();
            _states = states;
        }

        /// <summary>
        /// What was done since the last check, which ended with everything at rest: whatever was under way when the server died
        /// has happened by now, or never will.
        /// </summary>
        void CheckHistories()
        {
            foreach (var account in _history.GroupBy(item => item.Key))
            {
                var start = _states.GetValueOrDefault(account.Key, new RegisterState(1, StartBalance.ToString(CultureInfo.InvariantCulture)));
                var wrong = RegisterChecker.Explain([.. account.Select(item => item.Operation)], start);
                Assert.True(wrong is null, $"{account.Key}: {wrong}");
            }

            _checked += _history.Count;
            _history.Clear();
        }

        public void Tell(SoakReport report)
        {
            Assert.True(_done > 0 && _audits > 0);
            report.Figure("clients", Clients);
            report.Figure("transfers", _done);
            report.Figure("overtaken", _overtaken);
            report.Figure("unanswered", _unknown);
            report.Figure("snapshots audited", _audits);
            report.Figure("operations in linearizable histories", _checked);
        }

        public void Dispose() => _client.Dispose();

        /// <summary>Null when the server is dead.</summary>
        async Task<(long Version, int Balance)?> ReadAsync(string url, int client, int account)
        {
            var sent = Stopwatch.GetTimestamp();
            try
            {
                var answer = await _client.GetAsync(url, "/store/bank/" + KeyOf(account));
                var text = Encoding.UTF8.GetString(answer.Body);
                Note(KeyOf(account), client, sent, RegisterAction.Read, expected: null, answer.Version, text);
                return (answer.Version, int.Parse(text, CultureInfo.InvariantCulture));
            }
            catch (Exception dead) when (dead is HttpRequestException or IOException)
            {
                return null;
            }
        }

        /// <summary>False when the server is dead.</summary>
        async Task<bool> WriteAsync(string url, int client, Change[] changes)
        {
            var operations = changes.Select(change =>
                $$"""{"op":"store.set","namespace":"bank","key":"{{change.Key}}","value":{{change.Balance}},"if_version":{{change.Expected}}}""");
            var sent = Stopwatch.GetTimestamp();
            try
            {
                var answer = await SendAsync(url, HttpMethod.Post, "/transaction", $"{{\"operations\":[{string.Join(',', operations)}]}}");
                if (answer.Status == 503) return true;
                Record(client, sent, changes, answer);
                return true;
            }
            catch (Exception dead) when (dead is HttpRequestException or IOException)
            {
                Interlocked.Increment(ref _unknown);
                foreach (var change in changes)
                    Note(change.Key, client, sent, RegisterAction.UnknownWrite, change.Expected, version: 0, change.Text, long.MaxValue);
                return false;
            }
        }

        void Record(int client, long sent, Change[] changes, Answer answer)
        {
            var body = JsonElement.Parse(answer.Body);
            if (answer.Status == 412)
            {
                Interlocked.Increment(ref _overtaken);
                // Only of the operation that failed something is told.
                var failed = changes[body.GetProperty("operation").GetInt32()];
                Note(failed.Key, client, sent, RegisterAction.Mismatch, failed.Expected, body.GetProperty("current_version").GetInt64(), value: null);
                return;
            }

            Assert.True(answer.Status == 200, answer.ToString());
            Interlocked.Increment(ref _done);
            foreach (var (change, result) in changes.Zip(body.GetProperty("results").EnumerateArray()))
                Note(change.Key, client, sent, RegisterAction.Write, change.Expected, result.GetProperty("version").GetInt64(), change.Text);
        }

        void Note(
            string key, int client, long sent, RegisterAction action, long? expected, long version, string? value, long? answered = null) =>
            _history.Add((key, new RegisterOperation(
                client, sent, answered ?? Stopwatch.GetTimestamp(), action, expected, version, value)));

        Task<Answer> SendAsync(string url, HttpMethod method, string target, string json) =>
            _client.SendAsync(url, method, target, Encoding.UTF8.GetBytes(json), ("Content-Type", "application/json"));

        static IEnumerable<JsonElement> LinesOf(Answer answer) =>
            Encoding.UTF8.GetString(answer.Body).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonElement.Parse(line)).Where(line => line.TryGetProperty("value", out _));

        static string KeyOf(int account) => $"account-{account}";

        sealed record Change(string Key, long Expected, int Balance)
        {
            public string Text => Balance.ToString(CultureInfo.InvariantCulture);
        }
    }
}
