using System.Text;
using System.Text.Json.Nodes;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Specs;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http;

/// <summary>Every good answer that a route documents is given once, with its content type and its headers.</summary>
public sealed class EveryAnswerTests
{
    /// <summary>In this order. `{key}` and `{schema}` are the ids of what was made last. A new route adds its lines.</summary>
    static readonly Step[] s_steps =
    [
        new("server.info", "GET /", 200),
        new("server.alive", "GET /healthz", 200),
        new("server.ready", "GET /readyz", 200),
        new("server.openapi", "GET /openapi/v1.json", 200),
        new("server.openapi", "GET /openapi/v1.json", 304, Header: "If-None-Match: *"),
        new("key.create", "POST /keys", 201, """{"name":"k","role":"agent","agent_id":"planner","expires_in":9}"""),
        new("key.list", "GET /keys?limit=1", 200),
        new("key.rotate", "POST /keys/{key}/rotate", 200, """{"grace_seconds":5}"""),
        new("key.rotate", "POST /keys/{key}/rotate", 200, "{}", Header: "Idempotency-Key: one"),
        new("key.rotate", "POST /keys/{key}/rotate", 200, "{}", Header: "Idempotency-Key: one"),
        new("key.revoke", "DELETE /keys/{key}", 200),
        new("workspace.create", "POST /workspaces", 201, """{"name":"another"}"""),
        new("workspace.list", "GET /workspaces", 200),
        new("ticket.create", "POST /tickets", 201, """{"path":"/events"}"""),
        new("stash.put", "PUT /stash/report?ttl=60&discoverable=true", 201, "# Report", Header: "Baton-Model: m-1"),
        new("stash.put", "PUT /stash/report", 200, "# Report a", Header: "If-Match: \"1\""),
        new("stash.append", "PATCH /stash/log/append", 201, "one\n", "Baton-Sources: stash:report@1, stash:report"),
        new("stash.append", "PATCH /stash/log/append", 200, "two\n"),
        new("stash.replace", "PATCH /stash/log/replace", 200, """{"old":"one","new":"1"}"""),
        new("stash.read", "GET /stash/report", 200),
        new("stash.read", "GET /stash/report?version=1", 200),
        new("stash.read", "GET /stash/report", 304, Header: "If-None-Match: \"2\""),
        new("stash.read", "GET /stash/report?wait=0&after_version=2", 204),
        new("stash.read", "GET /stash/nobody?wait=0", 204),
        new("stash.read", "GET /stash/report", 200, Header: "Accept: text/event-stream"),
        new("stash.versions", "GET /stash/log/versions", 200),
        new("stash.lineage", "GET /stash/log/lineage?depth=2", 200),
        new("stash.list", "GET /stashes?prefix=lo&q=OG&limit=1", 200),
        new("schema.create", "POST /schema", 201, """{"name":"note","definition":{"type":"string"}}"""),
        new("schema.create", "POST /schema", 200, """{"name":"note","definition":{ "type":"string" }}"""),
        new("schema.create", "POST /schema", 201, """{"name":"notes","definition":{"items":{"$ref":"baton:schema/note"}}}"""),
        new("schema.read", "GET /schema/notes", 200),
        new("schema.read", "GET /schema/note?wait=0&after_version=1", 204),
        new("schema.versions", "GET /schema/note/versions?limit=1", 200),
        new("schema.list", "GET /schemas?q=note&limit=1", 200),
        new("schema.validate", "POST /schema/notes/validate", 200, """{"no":"array"}"""),
        new("schema.validate", "POST /schema/notes/validate", 200, "[1]"),
        new("stash.put", "PUT /stash/notes?schema_id={schema}", 201, "[\"one\"]"),
        new("stash.put", "PUT /stash/notes?schema_id=", 200, "none"),
        new("schema.delete", "DELETE /schema/{schema}", 200),
        new("discovery.list", "GET /discover?q=note&limit=1", 200),
        new("discovery.list", "GET /discover?type=stash", 200),
        new("stream.create", "POST /stream", 201, """{"name":"log","ttl":60}"""),
        new("stream.create", "POST /stream", 200, """{"name":"log","ttl":61,"create_if_missing":true}"""),
        new("stream.append", "POST /stream/log", 201, """{"data":{"agent":"a"},"label":"done"}"""),
        new("stream.list", "GET /streams?name=log&q=LO&limit=1", 200),
        new("stream.read", "GET /stream/log?label=done&full=true", 200),
        new("stream.read", "GET /stream/log?after=1&wait=0", 200),
        new("stream.read", "GET /stream/log", 200, Header: "Accept: text/event-stream"),
        new("stream.latest", "GET /stream/log/latest", 200),
        new("stream.latest", "GET /stream/log/latest", 304, Header: "If-None-Match: \"1\""),
        new("stream.latest", "GET /stream/log/latest?after=1&wait=0", 204),
        new("stream.join", "GET /stream/log/join?count=1&distinct=/agent", 200),
        new("stream.set_cursor", "PUT /stream/log/cursors/me", 200, """{"entry_id":1}"""),
        new("stream.cursors", "GET /stream/log/cursors", 200),
        new("stream.remove_cursor", "DELETE /stream/log/cursors/me", 200),
        new("stream.extend", "PATCH /stream/log", 200, """{"extra_time":9}"""),
        new("stream.delete", "DELETE /stream/log", 200),
        new("store.set", "PUT /store/n%3A1/a/b?ttl=60&metadata=%7B%22m%22%3A1%7D", 201, """{"n": 1.50, "l": []}"""),
        new("store.set", "PUT /store/n%3A1/a/b?ttl=60", 200, """{"n": 1.50, "l": []}""", Header: "If-Match: \"1\""),
        new("store.patch", "PATCH /store/n%3A1/a/b", 200, """{"increment":{"/n":1},"append":{"/l":null}}"""),
        new("store.patch", "PATCH /store/n%3A1/c", 201, """{"set":{"/x":null},"init":{"y":1}}"""),
        new("store.read", "GET /store/n%3A1/a/b", 200),
        new("store.read", "GET /store/n%3A1/a/b?full=true", 200),
        new("store.read", "GET /store/n%3A1/a/b", 304, Header: "If-None-Match: \"3\""),
        new("store.read", "GET /store/n%3A1/a/b?wait=0&after_version=3", 204),
        new("store.read", "GET /store/n%3A1/nothing?wait=0", 204),
        new("store.read", "GET /store/n%3A1/a/b", 200, Header: "Accept: text/event-stream"),
        new("store.set_many", "POST /store/n%3A1", 200, """{"set":{"d":{"e":[1]}},"delete":["c","no"],"metadata":{"k":1},"ttl":9}"""),
        new("store.get_many", "POST /store/n%3A1/get", 200, """{"keys":["d","no"]}"""),
        new("store.list", "GET /store/n%3A1?prefix=d&limit=1", 200),
        new("store.list", "GET /store/n%3A1?values=false", 200),
        new("store.list", "GET /store/n%3A1?after=0&limit=2", 200),
        new("store.list", "GET /store/n%3A1", 200, Header: "Accept: application/x-ndjson"),
        new("store.list", "GET /store/n%3A1?after=now", 200, Header: "Accept: text/event-stream"),
        new("state.set", "PUT /state/planner/a/b?ttl=60&metadata=%7B%22m%22%3A1%7D", 201, """{"n": 1.50, "l": []}"""),
        new("state.set", "PUT /state/planner/a/b?ttl=60", 200, """{"n": 1.50, "l": []}""", Header: "If-Match: \"1\""),
        new("state.patch", "PATCH /state/planner/a/b", 200, """{"increment":{"/n":1},"append":{"/l":null}}"""),
        new("state.patch", "PATCH /state/planner/c", 201, """{"set":{"/x":null},"init":{"y":1}}"""),
        new("state.read", "GET /state/planner/a/b", 200),
        new("state.read", "GET /state/planner/a/b?full=true", 200),
        new("state.read", "GET /state/planner/a/b", 304, Header: "If-None-Match: \"3\""),
        new("state.read", "GET /state/planner/a/b?wait=0&after_version=3", 204),
        new("state.read", "GET /state/planner/nothing?wait=0", 204),
        new("state.read", "GET /state/planner/a/b", 200, Header: "Accept: text/event-stream"),
        new("state.set_many", "POST /state/planner", 200, """{"set":{"d":{"e":[1]}},"delete":["c","no"],"metadata":{"k":1},"ttl":9}"""),
        new("state.get_many", "POST /state/planner/get", 200, """{"keys":["d","no"]}"""),
        new("state.list", "GET /state/planner?prefix=d&limit=1", 200),
        new("state.list", "GET /state/planner?values=false", 200),
        new("state.list", "GET /state/planner?after=0&limit=2", 200),
        new("state.list", "GET /state/planner", 200, Header: "Accept: application/x-ndjson"),
        new("state.list", "GET /state/planner?after=now", 200, Header: "Accept: text/event-stream"),
        new("store.namespaces", "GET /store?prefix=n", 200),
        new("store.search", "GET /search/store?prefix=n&q=1.5", 200),
        new("store.delete", "DELETE /store/n%3A1/a/b", 200),
        new("store.clear", "POST /store/n%3A1/clear", 200),
        new("state.delete", "DELETE /state/planner/a/b", 200),
        new("state.clear", "POST /state/planner/clear", 200),
        new("events.read", "GET /events?resource=stash:*&limit=3", 200),
        new("events.read", "GET /events?after=now", 200, Header: "Accept: text/event-stream"),
        new("ledger.head", "GET /ledger/head", 200),
        new("ledger.verify", "GET /ledger/verify?from=2", 200),
        new("stash.delete", "DELETE /stash/log", 200),
        new("store.set", "PUT /store/jobs/a", 201, """{"s":"x"}"""),
        new("store.claim", "POST /store/jobs/claim", 200, """{"match":{"/s":"x"},"set":{"/s":"y"},"lease_seconds":60}"""),
        new("store.renew", "POST /claim/{key}/renew", 200, """{"lease_seconds":60}"""),
        new("store.release", "POST /claim/{key}/release", 200),
        new("store.claim", "POST /store/jobs/claim", 200, """{"match":{"/s":"x"},"lease_seconds":60}"""),
        new("store.complete", "POST /claim/{key}/complete", 200, """{"increment":{"key":"a","pointer":"/n","by":1}}"""),
        new("transaction.run", "POST /transaction", 200, """{"operations":[{"op":"stash.put","name":"a","content":"a"}]}"""),
    ];

    [Fact]
    public async Task EveryGoodAnswer_OfEveryRoute_IsAsDocumented()
    {
        await using var server = await TestServer.StartAsync();
        var routes = server.Routes.ToDictionary(route => route.Spec.Action);
        var seen = new HashSet<(string Action, AnswerSpec Answer)>();
        var (keyId, schemaId) = ("", "");
        foreach (var step in s_steps)
        {
            await CheckBodyAsync(server, step, routes[step.Action], keyId, schemaId);
            using var request = step.ToRequest(keyId, schemaId);
            using var response =
                await server.Admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            seen.Add((step.Action, Check(step, response, routes[step.Action].Spec)));
            if (step.Action is "key.create" or "schema.create")
            {
                var made = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
                keyId = (string?)made["key_id"] ?? keyId;
                schemaId = (string?)made["schema_id"] ?? schemaId;
            }
            if (step.Action == "store.claim")
                keyId = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["items"]![0]!["claim_id"]!;

            CheckCaching(step, response, routes[step.Action].Spec);
            if (request.Method != HttpMethod.Get) continue;
            await CheckHeadAsync(server, step, response);
            if (step.Header?.StartsWith("Accept: ", StringComparison.Ordinal) == true) await CheckAcceptAsync(server, step);
        }

        var unseen = routes.Values
            .SelectMany(route => route.Spec.Answers.Select(answer => (route.Spec.Action, Answer: answer)))
            .Except(seen).Select(pair => $"{pair.Action} {pair.Answer.Status} {pair.Answer.ContentType}");
        Assert.True(!unseen.Any(), $"Documented, but without a step here: {string.Join(", ", unseen)}");
    }

    static AnswerSpec Check(Step step, HttpResponseMessage response, RouteSpec spec)
    {
        Assert.True((int)response.StatusCode == step.Status, $"{step.Line}: {(int)response.StatusCode}");
        var type = response.Content.Headers.ContentType?.MediaType;
        var answer = spec.Answers.FirstOrDefault(answer => answer.Status == step.Status && Wanted(answer) == type)
            ?? spec.Answers.FirstOrDefault(answer => answer.Status == step.Status && answer.ContentType == "*/*");
        Assert.True(answer is not null, $"{step.Line}: {type} is not documented.");
        var headers = response.Headers.Concat(response.Content.Headers).Select(header => header.Key).ToHashSet();
        var missing = answer.Headers.Where(header => !headers.Contains(header));
        Assert.True(!missing.Any(), $"{step.Line}: no {string.Join(", ", missing)}");
        return answer;
    }

    /// <summary>
    /// Where the thing is there: a body that the route would ignore is refused, and nothing was done. The step itself
    /// shows after it that the request would have done something.
    /// </summary>
    static async Task CheckBodyAsync(TestServer server, Step step, Route route, string keyId, string schemaId)
    {
        if (route.Spec.Body is not null) return;
        var head = await HeadAsync(server);
        foreach (var isChunked in (bool[])[false, true])
        {
            using var request = step.ToRequest(keyId, schemaId);
            request.Content = new StringContent("""{"prefix":"tmp:","if_version":99}""", Encoding.UTF8, "application/json");
            request.Headers.TransferEncodingChunked = isChunked;
            using var response =
                await server.Admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            // Before its body is read: an event stream has no end.
            Assert.True((int)response.StatusCode == 400, $"{step.Line} with a body: {(int)response.StatusCode}");
            await Problems.CheckAsync(response, "request.body_not_taken");
        }

        Assert.Equal(head, await HeadAsync(server));
    }

    static async Task<long> HeadAsync(TestServer server) =>
        (await server.Admin.AskAsync("GET /ledger/head")).GetProperty("seq").GetInt64();

    /// <summary>What an answer depends on is told to caches; what a reader awaits line by line is held back by none.</summary>
    static void CheckCaching(Step step, HttpResponseMessage response, RouteSpec spec)
    {
        var isRead = step.Line.StartsWith("GET ", StringComparison.Ordinal);
        var rule = response.Headers.CacheControl?.ToString() ?? "";
        Assert.Equal(spec.Role is not null && isRead, rule.Contains("private", StringComparison.Ordinal));
        Assert.Equal(isRead && (spec.Role is not null || spec.IsKept), rule.Contains("no-cache", StringComparison.Ordinal));
        Assert.Equal(IsLineByLine(response), rule.Contains("no-transform", StringComparison.Ordinal));
        if (spec.Role is null || !isRead) return;
        foreach (var header in (string[])["X-API-KEY", "Authorization", "Baton-Workspace", "Baton-Agent"])
            Assert.Contains(header, response.Headers.Vary);
        Assert.Equal(spec.Answers.Count(answer => answer.Status == 200) > 1, response.Headers.Vary.Contains("Accept"));
    }

    /// <summary>Who takes JSON, or whatever there is, as gladly as lines gets no lines; nor does who refuses them.</summary>
    static async Task CheckAcceptAsync(TestServer server, Step step)
    {
        var type = step.Header!["Accept: ".Length..];
        foreach (var accept in (string[])
            [
                $"application/json, {type}", $"{type}, application/json", $"{type}, */*", $"{type};q=0", $"{type};q=0, */*",
                $"{type};q=0.5, application/json;q=0.6", "*/*", "no/such", "",
            ])
        {
            using var request = (step with { Header = null }).ToRequest(keyId: "", schemaId: "");
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var response =
                await server.Admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            Assert.True(
                response.IsSuccessStatusCode
                || response.Content.Headers.ContentType?.MediaType == "application/problem+json",
                $"{step.Line} {accept}: {(int)response.StatusCode}");
            Assert.False(IsLineByLine(response), $"{step.Line} {accept}: {response.Content.Headers.ContentType}");
        }
    }

    static bool IsLineByLine(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is "text/event-stream" or "application/x-ndjson";

    /// <summary>A HEAD has the status and the fields of its GET; it never is a stream.</summary>
    static async Task CheckHeadAsync(TestServer server, Step step, HttpResponseMessage get)
    {
        using var request = step.ToRequest(keyId: "", schemaId: "");
        request.Method = HttpMethod.Head;
        using var head = await server.Admin.SendAsync(request, Cancellation);
        Assert.Equal(get.StatusCode, head.StatusCode);
        if (step.Header?.Contains("event-stream", StringComparison.Ordinal) == true) return;
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Headers.CacheControl, head.Headers.CacheControl);
    }

    static string? Wanted(AnswerSpec answer) => answer.ContentType ?? (answer.Type is null ? null : "application/json");

    sealed record Step(string Action, string Line, int Status, string? Body = null, string? Header = null)
    {
        public HttpRequestMessage ToRequest(string keyId, string schemaId)
        {
            var words = Line.Replace("{key}", keyId, StringComparison.Ordinal)
                .Replace("{schema}", schemaId, StringComparison.Ordinal).Split(' ');
            var request = new HttpRequestMessage(new HttpMethod(words[0]), words[1]);
            var type = Body?.StartsWith('{') == true ? "application/json" : "text/plain";
            if (Body is not null) request.Content = new StringContent(Body, Encoding.UTF8, type);
            if (Header?.Split(": ") is [var name, var value]) request.Headers.TryAddWithoutValidation(name, value);
            return request;
        }
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
