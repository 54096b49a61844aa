using System.Net;
using System.Text.Json.Nodes;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http.OpenApi;

/// <summary>The document is approved and complete. Whether it is true, other tests ask the routes.</summary>
public sealed class OpenApiTests
{
    const string Approved = "docs/openapi/v1.json";

    [Fact]
    public async Task Document_Served_IsTheApprovedOne()
    {
        await using var server = await TestServer.StartAsync();
        var served = await server.NewClient(secret: null).GetStringAsync("/openapi/v1.json", Cancellation);
        if (Environment.GetEnvironmentVariable("BATON_APPROVE") == "1")
            await File.WriteAllTextAsync(Repository.PathOf(Approved), served, Cancellation);
        var approved = await File.ReadAllTextAsync(Repository.PathOf(Approved), Cancellation);
        Assert.True(
            served == approved,
            $"The served document differs from {Approved} at character {FirstDifference(served, approved)}. If that is "
            + "meant, run script/format, which writes it, and read the difference before you commit it.");
    }

    [Fact]
    public async Task Document_WithItsTag_IsNotSentAgain()
    {
        await using var server = await TestServer.StartAsync();
        using var client = server.NewClient(secret: null);
        var first = await client.GetAsync("/openapi/v1.json", Cancellation);
        var tag = first.Headers.ETag!.Tag;
        // As it was given, and as proxies that compress answers make it.
        foreach (var known in (string[])[tag, "W/" + tag, tag[..^1] + "-gzip\"", $"\"another\", {tag}", "*"])
        {
            using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
            again.Headers.TryAddWithoutValidation("If-None-Match", known);
            using var second = await client.SendAsync(again, Cancellation);
            Assert.Equal((known, HttpStatusCode.NotModified), (known, second.StatusCode));
            Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        }
    }

    [Fact]
    public async Task Document_EveryRoute_IsInItWithSummaryLimitsAndErrors()
    {
        await using var server = await TestServer.StartAsync();
        var document = await ReadAsync(server);
        Assert.NotEmpty(server.Routes);
        foreach (var route in server.Routes)
        {
            var operation = document["paths"]?[route.Path]?[route.Method.ToLowerInvariant()];
            Assert.True(operation is not null, $"{route.Method} {route.Path} is not in the document.");
            Assert.Equal(route.Spec.Summary, (string?)operation["summary"]);
            Assert.Equal(route.Spec.Action, (string?)operation["x-action"]);
            Assert.Equal(route.Spec.Role is null, operation["security"]!.AsArray().Count == 0);
            if (route.Spec.Body is not null) Assert.True((long)operation["requestBody"]!["x-max-bytes"]! > 0);
            CheckParameters(route, operation);
            CheckErrors(document, route, operation);
        }
    }

    [Fact]
    public async Task Document_EveryGet_HasItsHead()
    {
        await using var server = await TestServer.StartAsync();
        var document = await ReadAsync(server);
        foreach (var (path, item) in document["paths"]!.AsObject())
            Assert.True(item!["get"] is null == item["head"] is null, $"{path} has one of GET and HEAD only.");
    }

    [Fact]
    public async Task Document_OperationIds_AreUnique()
    {
        await using var server = await TestServer.StartAsync();
        var document = await ReadAsync(server);
        var ids = Members(document["paths"]!, "operationId").ToList();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task Document_EveryReference_Resolves()
    {
        await using var server = await TestServer.StartAsync();
        var document = await ReadAsync(server);
        var references = Members(document, "$ref").Distinct().ToList();
        Assert.NotEmpty(references);
        foreach (var reference in references)
        {
            var target = reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, name) => node?[name]);
            Assert.True(target is not null, $"{reference} leads nowhere.");
        }

        var schemas = document["components"]!["schemas"]!.AsObject();
        Assert.Empty(schemas.Select(pair => "#/components/schemas/" + pair.Key).Except(references));
    }

    [Fact]
    public async Task Document_Roles_AreThoseOfTheServer()
    {
        await using var server = await TestServer.StartAsync();
        var document = await ReadAsync(server);
        var members = document["components"]!["schemas"]!["CreateKeyRequest"]!["properties"]!;
        Assert.Equal(Roles.Names, members["role"]!["enum"]!.AsArray().Select(role => (string?)role));
    }

    static void CheckParameters(Route route, JsonNode operation)
    {
        var parameters = operation["parameters"]!.AsArray();
        var inPath = route.Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));
        Assert.Equal(inPath, route.Spec.Path.Select(parameter => parameter.Name));
        var wanted = route.Spec.Path.Select(spec => ("path", spec)).Concat(route.Spec.Query.Select(spec => ("query", spec)))
            .Concat(route.Spec.Headers.Select(spec => ("header", spec)));
        foreach (var (place, expected) in wanted)
        {
            var parameter = Assert.Single(parameters, candidate =>
                (string?)candidate!["name"] == expected.Name && (string?)candidate["in"] == place)!;
            Assert.Equal(expected.Description, (string?)parameter["description"]);
            if (expected.Type == "integer") Assert.NotNull(parameter["schema"]!["minimum"]);
        }
    }

    static void CheckErrors(JsonNode document, Route route, JsonNode operation)
    {
        foreach (var error in EdgeErrors.AllOf(route))
        {
            var status = error.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.NotNull(operation["responses"]![status]);
            var own = CodesOf(operation["x-error-codes"], status);
            Assert.Contains(error.Code, own.Concat(CodesOf(document["x-common-error-codes"], status)));
        }
    }

    static IEnumerable<string?> CodesOf(JsonNode? byStatus, string status) =>
        byStatus?[status]?.AsArray().Select(code => (string?)code) ?? [];

    static async Task<JsonNode> ReadAsync(TestServer server) =>
        JsonNode.Parse(await server.Admin.GetStringAsync("/openapi/v1.json", Cancellation))!;

    static IEnumerable<JsonNode> Nodes(JsonNode node)
    {
        var children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(Nodes).Prepend(node);
    }

    /// <summary>The texts that any object of the document has under a name.</summary>
    static IEnumerable<string> Members(JsonNode node, string name) =>
        Nodes(node).Select(child => (string?)(child as JsonObject)?[name]).OfType<string>();

    static int FirstDifference(string one, string other) =>
        one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
