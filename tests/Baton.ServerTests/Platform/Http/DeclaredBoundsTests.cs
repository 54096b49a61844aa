using System.Text.Json.Nodes;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Basics.Requests.Members;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Http;
using Baton.ServerTests.Harness;
using static Baton.ServerTests.Platform.Http.RouteSamples;

namespace Baton.ServerTests.Platform.Http;

/// <summary>A bound that a request declares holds for every edge: made from the declarations, so for what comes too.</summary>
public sealed class DeclaredBoundsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bound_OfEveryMember_IsEnforcedOverHttp()
    {
        await using var server = await TestServer.StartAsync();
        var tried = 0;
        foreach (var (operation, member, value) in Outside(server.Parts.Registrations.Operations.All))
        {
            // In JSON alone, and what the web server does not let through.
            if (member.Place == RequestPlace.JsonOnly || Header(member, value) == "") continue;
            var route = server.Routes.Single(route => route.Spec.Action == operation.Name);
            using var request = RequestWith(route, member, value);
            await ExpectAsync(server, request, PlaceOf(member), $"{operation.Name} {member.Name} {value.ToJsonString()}");
            tried++;
        }

        Assert.True(tried > 5, $"Only {tried} bounds are declared.");
    }

    [Fact]
    public async Task Bound_OfEveryMember_IsEnforcedInATransaction()
    {
        await using var server = await TestServer.StartAsync();
        var tried = 0;
        foreach (var (operation, member, value) in Outside(server.Parts.Registrations.Operations.ForTransactions))
        {
            var item = new JsonObject { ["op"] = operation.Name };
            foreach (var other in operation.Request.Members.Where(IsRequired)) item[other.Name] = SampleOf(other);
            item[member.Name] = value.DeepClone();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/transaction");
            request.Content = new StringContent(
                new JsonObject { ["operations"] = new JsonArray(item) }.ToJsonString(), mediaType: new("application/json"));
            await ExpectAsync(server, request, "/operations/0/" + member.Name, item.ToJsonString());
            tried++;
        }

        Assert.True(tried > 5, $"Only {tried} bounds are declared.");
    }

    static IEnumerable<(OperationSpec Operation, RequestMember Member, JsonValue Value)> Outside(
        IEnumerable<OperationSpec> operations) =>
        from operation in operations
        from member in operation.Request.Members
        from value in Outside(member.Bounds)
        select (operation, member, value);

    static IEnumerable<JsonValue> Outside(RequestBounds bounds)
    {
        if (bounds.Minimum is { } minimum) yield return JsonValue.Create(minimum - 1);
        if (bounds.Maximum is { } maximum) yield return JsonValue.Create(maximum + 1);
        if (bounds.MinLength > 0) yield return JsonValue.Create("");
        if (bounds.MaxLength is { } length) yield return JsonValue.Create("/" + new string('a', length));
        if (bounds.Allowed is not null) yield return JsonValue.Create("no such value");
        if (bounds.Form is { } form) yield return JsonValue.Create(new[] { "no such form?", "\u0001" }.First(text => !form.Fits(text)));
    }

    /// <summary>Null where HTTP carries it elsewhere; empty where it cannot carry it at all.</summary>
    static string? Header(RequestMember member, JsonValue value) => member.Place != RequestPlace.Header ? null
        : value.ToString().Any(char.IsControl) || (member.HttpName == "Content-Type" && value.ToString().Length == 0) ? ""
        : value.ToString();

    static HttpRequestMessage RequestWith(Route route, RequestMember member, JsonValue value)
    {
        if (member.Place == RequestPlace.Query) return Request(route, $"?{member.HttpName}={Uri.EscapeDataString(value.ToString())}");
        if (member.Place == RequestPlace.Body)
        {
            var body = JsonNode.Parse(BodyOf(route))!;
            body[member.Name] = value.DeepClone();
            return Request(route, body: body.ToJsonString());
        }

        if (member.Place == RequestPlace.Path)
            return Request(route with { Path = route.Path.Replace($"{{{member.HttpName}}}", Uri.EscapeDataString(value.ToString()), StringComparison.Ordinal) });
        var request = Request(route);
        request.Content?.Headers.Remove(member.HttpName);
        if (!request.Headers.TryAddWithoutValidation(member.HttpName, value.ToString()))
            request.Content!.Headers.TryAddWithoutValidation(member.HttpName, value.ToString());
        return request;
    }

    static string PlaceOf(RequestMember member) => member.Place switch
    {
        RequestPlace.Path => "path:" + member.HttpName,
        RequestPlace.Query => "query:" + member.HttpName,
        RequestPlace.Header => "header:" + member.HttpName,
        _ => "/" + member.Name,
    };

    static bool IsRequired(RequestMember member) =>
        member.Declared.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), inherit: true);

    static JsonNode SampleOf(RequestMember member) => member.Declared.PropertyType == typeof(string) ? "sample" : 1;

    static async Task ExpectAsync(TestServer server, HttpRequestMessage request, string place, string sent)
    {
        using var response = await server.Admin.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(
            (int)response.StatusCode == 400 && text.Contains($"\"pointer\":\"{place}\"", StringComparison.Ordinal),
            $"{request.Method} {request.RequestUri} {sent}: {(int)response.StatusCode} {text}");
    }
}
