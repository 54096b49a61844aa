using System.Net;
using System.Numerics;
using System.Text.Json;
using Baton.Server.Features.Store.Records;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store;

/// <summary>Random operations against the server and against a model in memory: every answer is the same.</summary>
public sealed class StoreModelTests
{
    const int Steps = 300;

    static readonly string[] s_namespaces = ["n", "pipeline:job-1", "a/b", "é %*"];
    static readonly string[] s_keys = ["a", "a/b", "a//b", "b c", "%2F", "*", "\uFFFD", "\U0001F600", "é", "+"];
    static readonly string[] s_values = ["1", "-7", "12345678901234567890", "null", "\"text\"", "{\"b\":1.0,\"a\": 2e1}", "[1,\n2]", "\"\\u00e9\""];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Operations_AtRandom_AreThoseOfTheModel(int seed)
    {
        await using var server = await TestServer.StartAsync();
        var world = await World.NewAsync(server);
        var run = new Run(world.Agent, new Random(seed));
        for (var step = 0; step < Steps; step++) await run.StepAsync();
        await run.CompareAllAsync();
        Assert.True((await world.Agent.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
        Assert.Empty(await RecordCheck.RunAsync(server.Parts.Database, TestContext.Current.CancellationToken));
    }

    sealed class Run(HttpClient client, Random random)
    {
        readonly StoreModel _model = new();

        public Task StepAsync()
        {
            var (name, key) = (Pick(s_namespaces), Pick(s_keys));
            return random.Next(20) switch
            {
                < 7 => SetAsync(name, key, Pick(s_values)),
                < 10 => IncrementAsync(name, key, random.Next(-5, 6)),
                < 12 => DeleteAsync(name, key),
                < 13 => ClearAsync(name),
                < 15 => SetManyAsync(name),
                < 17 => GetAsync(name, key),
                _ => ListAsync(name, random.Next(1, 6)),
            };
        }

        public async Task CompareAllAsync()
        {
            foreach (var name in s_namespaces)
            {
                await ListAsync(name, limit: 1000);
                foreach (var key in s_keys) await GetAsync(name, key);
            }

            var listed = (await client.AskAsync("GET /store")).GetProperty("items").EnumerateArray().Select(item =>
                (item.GetProperty("namespace").GetString()!, item.GetProperty("records").GetInt64(), item.GetProperty("bytes").GetInt64()));
            Assert.Equal(_model.Namespaces(), listed);
        }

        async Task SetAsync(string name, string key, string json)
        {
            var answer = await client.AskAsync($"PUT {PathOf(name, key)}\nContent-Type: application/json\n\n{json}");
            Assert.Equal(_model.Set(name, key, json), answer.GetProperty("version").GetInt64());
        }

        async Task IncrementAsync(string name, string key, int by)
        {
            var before = _model.Find(name, key);
            var wanted = _model.Increment(name, key, new BigInteger(by));
            using var answer = await client.SendAsync($"PATCH {PathOf(name, key)}\n\n{{\"increment\":{{\"\":{by}}}}}");
            var status = before is null ? HttpStatusCode.NotFound : wanted is null ? HttpStatusCode.Conflict : HttpStatusCode.OK;
            Assert.Equal(status, answer.StatusCode);
            if (wanted is null) return;
            var record = await World.JsonOf(answer);
            Assert.Equal(wanted, record.GetProperty("value").GetRawText());
            Assert.Equal(_model.Find(name, key)!.Version, record.GetProperty("version").GetInt64());
        }

        async Task DeleteAsync(string name, string key)
        {
            var version = _model.Delete(name, key);
            using var answer = await client.SendAsync($"DELETE {PathOf(name, key)}");
            Assert.Equal(version is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
            if (version is not null) Assert.Equal(version, (await World.JsonOf(answer)).GetProperty("version").GetInt64());
        }

        async Task ClearAsync(string name)
        {
            var deleted = _model.Clear(name);
            var answer = await client.AskAsync($"POST {PathOf(name)}/clear");
            Assert.Equal(deleted, answer.GetProperty("deleted").GetInt32());
        }

        async Task SetManyAsync(string name)
        {
            var keys = s_keys.OrderBy(_ => random.Next()).Take(random.Next(2, s_keys.Length)).ToList();
            var (gone, come) = (keys[..(keys.Count / 2)], keys[(keys.Count / 2)..]);
            var values = come.ToDictionary(key => key, _ => Pick(s_values));
            var set = string.Join(',', values.Select(pair => $"{JsonSerializer.Serialize(pair.Key)}:{pair.Value}"));
            var answer = await client.AskAsync($"POST {PathOf(name)}\n\n{{\"set\":{{{set}}},\"delete\":{JsonSerializer.Serialize(gone)}}}");
            var wanted = gone.Select(key => (key, "delete", _model.Delete(name, key))).Where(item => item.Item3 is not null)
                .Concat(values.Select(pair => (pair.Key, "set", (long?)_model.Set(name, pair.Key, pair.Value)))).ToList();
            Assert.Equal(wanted, answer.GetProperty("items").EnumerateArray().Select(item =>
                (item.GetProperty("key").GetString()!, item.GetProperty("op").GetString()!, (long?)item.GetProperty("version").GetInt64())));
        }

        async Task GetAsync(string name, string key)
        {
            using var answer = await client.SendAsync($"GET {PathOf(name, key)}");
            var wanted = _model.Find(name, key);
            if (wanted is null)
            {
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                return;
            }

            Assert.Equal(wanted.Json, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal($"\"{wanted.Version}\"", answer.Headers.ETag!.Tag);
        }

        /// <summary>By pages, whole, and by keys: all the same.</summary>
        async Task ListAsync(string name, int limit)
        {
            var wanted = _model.Keys(name).ConvertAll(key => (key, _model.Find(name, key)!.Version, _model.Find(name, key)!.Json!));
            var paged = new List<(string, long, string)>();
            for (string? cursor = null, query = $"?limit={limit}"; query is not null;)
            {
                var page = await client.AskAsync($"GET {PathOf(name)}{query}");
                paged.AddRange(page.GetProperty("items").EnumerateArray().Select(Item));
                cursor = page.GetProperty("next_cursor").GetString();
                query = cursor is null ? null : $"?limit={limit}&cursor={Uri.EscapeDataString(cursor)}";
            }

            Assert.Equal(wanted, paged);
            using var whole = await client.SendAsync($"GET {PathOf(name)}\nAccept: application/x-ndjson");
            var lines = (await whole.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(wanted.ConvertAll(item => item with { Item3 = item.Item3.Replace('\n', ' ') }), lines.Select(line => Item(JsonElement.Parse(line))));
            var many = await client.AskAsync($"POST {PathOf(name)}/get\n\n{{\"keys\":{JsonSerializer.Serialize(s_keys)}}}");
            Assert.Equal(
                wanted.Select(item => (item.key, item.Item3)).OrderBy(item => item.key, StringComparer.Ordinal),
                many.GetProperty("values").EnumerateObject().Select(value => (value.Name, value.Value.GetRawText())).OrderBy(item => item.Name, StringComparer.Ordinal));
            Assert.Equal(s_keys.Length - wanted.Count, many.GetProperty("missing").GetArrayLength());
        }

        static (string, long, string) Item(JsonElement item) =>
            (item.GetProperty("key").GetString()!, item.GetProperty("version").GetInt64(), item.GetProperty("value").GetRawText());

        static string PathOf(string name, string? key = null) =>
            $"/store/{Uri.EscapeDataString(name)}" + (key is null ? "" : "/" + Uri.EscapeDataString(key));

        T Pick<T>(T[] items) => items[random.Next(items.Length)];
    }
}
