using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.ServerTests.Harness;
using static Baton.ServerTests.Platform.Http.RouteSamples;

namespace Baton.ServerTests.Platform.Http;

/// <summary>What holds for every route of the table, however new: what must be refused is, everywhere alike.</summary>
public sealed class EveryRouteTests
{
    [Fact]
    public async Task EveryRoute_WithoutKey_IsRefusedUnlessItIsOpen()
    {
        await using var server = await TestServer.StartAsync();
        using var stranger = server.NewClient(secret: null);
        using var liar = server.NewClient("btn_00000000000000000000000000000000");
        await ForEachAsync(server, Closed, stranger, route => Request(route), 401, "auth.required");
        await ForEachAsync(server, Closed, liar, route => Request(route), 401, "auth.required");
        await ForEachAsync(server, route => route.Spec.Role is null, liar, route => Request(route), 200, code: null);
    }

    /// <summary>Access is asked by action and thing: a route that named neither would pass by whatever narrows it.</summary>
    [Fact]
    public async Task EveryRoute_ForItsAccess_NamesItsActionAndItsThing()
    {
        await using var server = await TestServer.StartAsync();
        string[] strangers = ["server.info", "server.alive", "server.ready", "server.openapi"];
        var open = server.Routes.Where(route => !Closed(route)).Select(route => route.Spec.Action);
        Assert.Equal(strangers.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(
            server.Routes, route => route.Spec.Path.Count > 0 && Closed(route) && !route.Spec.NamesItsThing);
        var actions = server.Routes.Select(route => route.Spec.Action).ToList();
        Assert.Equal(actions.Count, actions.Distinct().Count());
    }

    [Fact]
    public async Task EveryRoute_UnknownParameter_IsRefused()
    {
        await using var server = await TestServer.StartAsync();
        await ForEachAsync(
            server, Any, server.Admin, route => Request(route, "?no_such=1"), 400, "request.unknown_parameter");
        await ForEachAsync(server, Any, server.Admin, route => Request(route, "?%ff=1"), 400, "request.malformed");
    }

    [Fact]
    public async Task EveryRoute_RoleTooLow_IsRefused()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var role in Roles.Names.Take(3))
        {
            using var client = server.NewClient(await NewKeyAsync(server, role));
            await ForEachAsync(
                server, route => route.Spec.Role > Roles.Parse(role), client, route => Request(route), 403,
                "access.denied");
        }
    }

    [Fact]
    public async Task EveryRoute_OfAnotherActor_IsRefused()
    {
        await using var server = await TestServer.StartAsync();
        using var bound = server.NewClient(await NewKeyAsync(server, "server", agent: "planner"));
        foreach (var (header, value, status, code) in ((string, string, int, string)[])
            [
                ("Baton-Agent", "critic", 403, "access.agent_mismatch"),
                ("Baton-Agent", "not a name", 400, "request.invalid_header"),
                ("Baton-Workspace", "nobody-has-it", 404, "workspace.not_found"),
                ("Baton-Min-Seq", "soon", 400, "request.invalid_header"),
            ])
            await ForEachAsync(server, Closed, bound, route => Request(route).With(header, value), status, code);
    }

    [Fact]
    public async Task EveryRoute_TooManyRequests_IsRefused()
    {
        await using var server = await TestServer.StartAsync();
        using var client = server.NewClient(await NewKeyAsync(server, "server", requests: 1));
        await client.GetAsync("/ledger/head", Cancellation);
        await ForEachAsync(server, Closed, client, route => Request(route), 429, "rate.limited");
    }

    [Fact]
    public async Task EveryRoute_IdempotencyKey_IsTakenByMutationsOnly()
    {
        await using var server = await TestServer.StartAsync();
        await ForEachAsync(
            server, route => Closed(route) && !route.Spec.IsMutation, server.Admin,
            route => Request(route).With("Idempotency-Key", "k"), 400, "request.idempotency_not_supported");
        await ForEachAsync(
            server, route => route.Spec.IsMutation, server.Admin,
            route => Request(route).With("Idempotency-Key", new string('k', count: 256)), 400,
            "request.invalid_header");
    }

    [Fact]
    public async Task EveryRoute_WrongBody_IsRefused()
    {
        await using var server = await TestServer.StartAsync(
            options => options with { StashBytes = 2000, RecordBytes = 2000, TransactionBytes = 2000, BodyBytes = 1024, StashVersions = 2 });
        await ForEachAsync(
            server, route => route.Spec.Body is not null, server.Admin,
            route => Request(route, body: new string(' ', count: 2001)), 413, "request.body_too_large");
        await ForEachAsync(
            server, TakesJson, server.Admin, route => Request(route).With("Content-Type", "text/plain"),
            415, "request.unsupported_media_type");
        foreach (var body in (string[])["", "{", "[]", "null", """{"no_such_member":1}""", """{"name":"\ud800"}"""])
            await ForEachAsync(
                server, TakesJson, server.Admin, route => Request(route, body: body), 400, "request.invalid_json");
        await ForEachAsync(
            server, TakesJson, server.Admin, route => Request(route, body: Twice(BodyOf(route).Trim())), 400,
            "request.invalid_json");
    }

    /// <summary>After each quote of a good body: in every text and name of it, and between them.</summary>
    [Fact]
    public async Task EveryRoute_BytesThatAreNoText_AreRefused()
    {
        await using var server = await TestServer.StartAsync();
        var routes = server.Routes.Where(route => TakesJson(route) || route.Spec.Body?.ContentType == "application/json");
        foreach (var route in routes)
        {
            var good = Encoding.UTF8.GetBytes(TakesJson(route) ? BodyOf(route).Trim() : """{"a":["b",{"c":"d"}]}""");
            var places = Enumerable.Range(1, good.Length).Where(at => good[at - 1] == (byte)'"').ToList();
            foreach (var bytes in (byte[][])[[0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xFF], .. s_halves])
                foreach (var at in places) await RefusesAsync(route, [.. good[..at], .. bytes, .. good[at..]]);
            var marked = await RefusesAsync(route, [.. Encoding.UTF8.Preamble, .. good]);
            Assert.Contains("byte order mark", marked, StringComparison.Ordinal);
        }

        async Task<string> RefusesAsync(Route route, byte[] body)
        {
            using var request = Request(route);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await server.Admin.SendAsync(request, Cancellation);
            var text = await response.Content.ReadAsStringAsync(Cancellation);
            // A definition says itself where it is wrong.
            var isRefused = response.StatusCode == HttpStatusCode.BadRequest
                || (route.Spec.Action == "schema.create" && text.Contains("schema.invalid", StringComparison.Ordinal));
            Assert.True(
                isRefused, $"{route.Method} {route.Path} {Encoding.Latin1.GetString(body)}: {(int)response.StatusCode}");
            return text;
        }
    }

    /// <summary>Half of a surrogate pair, as only an escape can write it.</summary>
    static readonly byte[][] s_halves = [Encoding.UTF8.GetBytes("\\ud800"), Encoding.UTF8.GetBytes("\\udfffx")];

    [Fact]
    public async Task EveryRoute_BodyWhereNoneIsTaken_IsRefusedBeforeAnyEffect()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var isChunked in (bool[])[false, true])
        {
            var head = await HeadAsync(server);
            foreach (var route in server.Routes.Where(route => route.Spec.Body is null))
            {
                foreach (var method in route.Method == "GET" ? (string[])["GET", "HEAD"] : [route.Method])
                {
                    using var request = WithBody(Request(route), """{"if_version":99}""", isChunked);
                    request.Method = new HttpMethod(method);
                    using var response = await server.Admin.SendAsync(request, Cancellation);
                    Assert.True((int)response.StatusCode == 400, $"{method} {route.Path}: {(int)response.StatusCode}");
                    if (method != "HEAD") await Problems.CheckAsync(response, "request.body_not_taken");
                }
            }

            Assert.Equal(head, await HeadAsync(server));
        }
    }

    [Fact]
    public async Task EveryRoute_EmptyBodyWhereNoneIsTaken_IsNone()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var isChunked in (bool[])[false, true])
        {
            foreach (var route in server.Routes.Where(route => route.Spec.Body is null))
            {
                using var request = WithBody(Request(route), "", isChunked);
                using var response = await server.Admin.SendAsync(
                    request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
                if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") continue;
                Assert.DoesNotContain(
                    "request.body_not_taken", await response.Content.ReadAsStringAsync(Cancellation),
                    StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task EveryRoute_BodyBesideATicket_CostsNoTicket()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = server.NewClient(secret: null);
        foreach (var route in server.Routes.Where(route => Closed(route) && route.Method == "GET"))
        {
            using var plain = Request(route);
            var made = await server.Admin.AskAsync($"POST /tickets\n\n{{\"path\":\"{plain.RequestUri}\"}}");
            var query = "?ticket=" + made.GetProperty("ticket").GetString();
            using var refused = await browser.SendAsync(WithBody(Request(route, query), "{}", isChunked: false), Cancellation);
            await Problems.CheckAsync(refused, "request.body_not_taken");
            using var answer = await browser.SendAsync(Request(route, query), Cancellation);
            Assert.True(answer.StatusCode != HttpStatusCode.Unauthorized, $"{route.Path}: the ticket was used up.");
        }
    }

    [Fact]
    public async Task EveryRoute_ContentTypeOfAnother_IsRefusedWithThoseItTakes()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var route in server.Routes.Where(TakesJson))
        {
            using var request = Request(route).With("Content-Type", "application/json-patch+json");
            using var response = await server.Admin.SendAsync(request, Cancellation);
            await Problems.CheckAsync(response, "request.unsupported_media_type");
            Assert.False(response.Headers.Contains("Accept-Encoding"), "It is the type, not the coding.");
            var taken = (string[])["application/json", .. route.Spec.Body!.OtherContentType is { } other ? [other] : (string[])[]];
            var text = await response.Content.ReadAsStringAsync(Cancellation);
            Assert.All(taken, type => Assert.Contains(type, text, StringComparison.Ordinal));
            // RFC 5789, section 3.1.
            var named = response.Headers.TryGetValues("Accept-Patch", out var values) ? string.Join(", ", values) : null;
            Assert.Equal(route.Method == "PATCH" ? string.Join(", ", taken) : null, named);
        }
    }

    [Fact]
    public async Task EveryRoute_BodyOfNoCoding_IsTaken()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var route in server.Routes.Where(route => route.Spec.Body is not null))
        {
            foreach (var value in (string[])["identity", "Identity, identity", ""])
            {
                using var request = Request(route);
                request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", value);
                using var response = await server.Admin.SendAsync(request, Cancellation);
                Assert.True(response.StatusCode != HttpStatusCode.UnsupportedMediaType, $"{route.Method} {route.Path} {value}");
            }
        }
    }

    [Fact]
    public async Task EveryRoute_CompressedBody_IsRefused()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var route in server.Routes.Where(route => route.Spec.Body is not null))
        {
            foreach (var (header, value) in ((string, string)[])
                [
                    ("Content-Encoding", "gzip"), ("Content-Encoding", "br, identity"),
                    ("Transfer-Encoding", "gzip, chunked"),
                ])
            {
                using var request = Request(route);
                if (header == "Content-Encoding") request.Content!.Headers.TryAddWithoutValidation(header, value);
                else request.Headers.TryAddWithoutValidation(header, value);
                using var response = await server.Admin.SendAsync(request, Cancellation);
                await Problems.CheckAsync(response, "request.unsupported_media_type");
                Assert.Equal(["identity"], response.Headers.GetValues("Accept-Encoding"));
                Assert.Contains(header, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
            }
        }
    }

    static HttpRequestMessage WithBody(HttpRequestMessage request, string body, bool isChunked)
    {
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = isChunked;
        return request;
    }

    static async Task<long> HeadAsync(TestServer server) =>
        (await server.Admin.AskAsync("GET /ledger/head")).GetProperty("seq").GetInt64();

    /// <summary>An object with each member given twice.</summary>
    static string Twice(string json) => json[..^1] + "," + json[1..];

    static bool Any(Route route) => true;

    static bool Closed(Route route) => route.Spec.Role is not null;

    static bool TakesJson(Route route) => route.Spec.Body?.Type is not null;

    /// <summary>Sends a request to every wanted route, and to its HEAD, and expects one status and code.</summary>
    static async Task ForEachAsync(
        TestServer server,
        Func<Route, bool> isWanted,
        HttpClient client,
        Func<Route, HttpRequestMessage> make,
        int status,
        string? code)
    {
        var routes = server.Routes.Where(isWanted).ToList();
        Assert.NotEmpty(routes);
        foreach (var route in routes)
        {
            using var request = make(route);
            var response = await client.SendAsync(request, Cancellation);
            var text = await response.Content.ReadAsStringAsync(Cancellation);
            Assert.True(
                (int)response.StatusCode == status, $"{route.Method} {route.Path}: {(int)response.StatusCode} {text}");
            if (code is not null) Assert.Equal(code, (string?)JsonNode.Parse(text)!["code"]);
            if (route.Method != "GET") continue;
            using var head = make(route);
            head.Method = HttpMethod.Head;
            Assert.Equal(status, (int)(await client.SendAsync(head, Cancellation)).StatusCode);
        }
    }

    static async Task<string> NewKeyAsync(
        TestServer server, string role, string? agent = null, long? requests = null)
    {
        var body = new JsonObject { ["name"] = "test", ["role"] = role, ["agent_id"] = agent };
        if (requests is not null)
            body["rate_limit"] = new JsonObject { ["requests"] = requests, ["window_seconds"] = 3600 };
        var response = await server.Admin.PostAsJsonAsync("/keys", body, Cancellation);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["key"]!;
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
