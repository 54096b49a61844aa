using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Baton.Server.Platform.Http.Specs;
using Baton.ServerTests.Harness;
using static Baton.ServerTests.Platform.Http.RouteSamples;

namespace Baton.ServerTests.Platform.Http;

/// <summary>The bounds that the document tells are kept: what is outside is refused, and named.</summary>
public sealed class DocumentedBoundsTests
{
    [Fact]
    public async Task Parameter_OutsideItsBounds_IsRefused()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var route in server.Routes.Where(route => route.Spec.Role is not null))
        {
            foreach (var parameter in route.Spec.Query)
            {
                foreach (var value in Outside(parameter))
                {
                    using var request = Request(route, $"?{parameter.Name}={Uri.EscapeDataString(value)}");
                    await ExpectAsync(server, request, "query:" + parameter.Name, isThere: true, value);
                }

                // What holds an answer holds it for its default too: that is not tried, and not waited for.
                var isWaiting = IsWaiting(parameter);
                var atOnce = isWaiting ? "" : string.Concat(route.Spec.Query.Where(IsWaiting).Select(wait => $"&{wait.Name}=0"));
                foreach (var value in (long?[])[parameter.Minimum, isWaiting ? null : parameter.Default])
                {
                    if (value is null) continue;
                    using var request = Request(route, $"?{parameter.Name}={value}{atOnce}");
                    await ExpectAsync(server, request, $"`{parameter.Name}` is ", isThere: false, $"{value}");
                }
            }

            foreach (var name in (string[])["Baton-Agent", "Baton-Min-Seq"])
            {
                using var request = Request(route).With(name, "no such form");
                await ExpectAsync(server, request, "header:" + name, isThere: true, name);
            }

            // Last-Event-ID counts for streams only.
            foreach (var header in route.Spec.Headers.Where(header => header.Pattern is not null))
            {
                if (header.Name == "Last-Event-ID") continue;
                var value = header.MaxLength is { } length ? new string('m', length + 1) : "no such form";
                using var request = Request(route);
                request.Headers.TryAddWithoutValidation(header.Name, value);
                await ExpectAsync(server, request, "header:" + header.Name, isThere: true, value);
            }
        }
    }

    [Fact]
    public async Task Member_OutsideItsBounds_IsRefused()
    {
        await using var server = await TestServer.StartAsync();
        var document = await server.Admin.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var schemas = JsonNode.Parse(document)!["components"]!["schemas"]!;
        foreach (var route in server.Routes.Where(route => route.Spec.Body?.Type is not null))
        {
            var schema = schemas[route.Spec.Body!.Type!.Name]!;
            foreach (var (pointer, value) in Outside(schemas, schema, pointer: ""))
            {
                var body = JsonNode.Parse(BodyOf(route))!;
                Set(body, pointer, value);
                using var request = Request(route, body: body.ToJsonString());
                await ExpectAsync(server, request, $"\"{pointer}\"", isThere: true, value.ToJsonString());
            }
        }
    }

    static bool IsWaiting(ParameterSpec parameter) => parameter.Name is "wait" or "timeout";

    static IEnumerable<string> Outside(ParameterSpec parameter)
    {
        if (parameter.Type is "integer" or "boolean") yield return "x";
        if (parameter.Minimum is { } minimum) yield return $"{minimum - 1}";
        if (parameter.Maximum is { } maximum) yield return $"{maximum + 1}";
        if (parameter.MinLength > 0) yield return "";
        if (parameter.MaxLength is { } length) yield return new string('a', length + 1);
        // Some forms take any words: what they do not take is a control character.
        if (parameter.Pattern is { } pattern) yield return Regex.IsMatch("no such form", pattern) ? "\u0001" : "no such form";
    }

    static IEnumerable<(string Pointer, JsonNode Value)> Outside(JsonNode schemas, JsonNode schema, string pointer)
    {
        foreach (var (name, member) in schema["properties"]!.AsObject())
        {
            var place = pointer + "/" + name;
            if (member!["minimum"] is { } minimum) yield return (place, (long)minimum - 1);
            if (member["maximum"] is { } maximum) yield return (place, (long)maximum + 1);
            if (member["minLength"] is not null) yield return (place, "");
            if (member["maxLength"] is { } length) yield return (place, "/" + new string('a', (int)length));
            if (member["pattern"] is not null) yield return (place, "no such form?");
            if (member["enum"] is not null) yield return (place, "no such value");
            if (((string?)member["anyOf"]?[0]?["$ref"])?.Split('/')[^1] is not { } reference) continue;
            foreach (var inner in Outside(schemas, schemas[reference]!, place)) yield return inner;
        }
    }

    static void Set(JsonNode body, string pointer, JsonNode value)
    {
        var names = pointer.Split('/').Skip(1).ToList();
        names.SkipLast(1).Aggregate(body, (node, name) => node[name]!)[names[^1]] = value.DeepClone();
    }

    /// <summary>Expects that the answer's errors name the place, or do not.</summary>
    static async Task ExpectAsync(
        TestServer server, HttpRequestMessage request, string place, bool isThere, string sent)
    {
        var response = await server.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isNamed = (int)response.StatusCode == 400 && text.Contains(place, StringComparison.Ordinal);
        Assert.True(
            isNamed == isThere, $"{request.Method} {request.RequestUri} {sent}: {(int)response.StatusCode} {text}");
    }
}
