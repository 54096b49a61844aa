using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Basics.Requests.Members;
using Baton.Server.Platform.Http;
using Baton.ServerTests.Harness;
using static Baton.ServerTests.Platform.Http.RouteSamples;

namespace Baton.ServerTests.Platform.Http;

/// <summary>A bound that a request declares holds for every edge: made from the declarations, so for what comes too.</summary>
public sealed class DeclaredBoundsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bound_OfEveryMemberOfAnOperation_IsEnforcedOverHttp()
    {
        await using var server = await TestServer.StartAsync();
        var tried = await BreakAllAsync(server, server.Parts.Registrations.Operations.All);
        Assert.True(tried > 50, $"Only {tried} bounds are declared.");
    }

    [Fact]
    public async Task Bound_OfEveryMemberOfARead_IsEnforcedOverHttp()
    {
        await using var server = await TestServer.StartAsync();
        var tried = await BreakAllAsync(server, server.Parts.Registrations.Reads.All);
        Assert.True(tried > 50, $"Only {tried} bounds are declared.");
    }

    [Fact]
    public async Task Member_ThatIsRequired_IsMissed()
    {
        await using var server = await TestServer.StartAsync();
        var tried = 0;
        foreach (var spec in server.Parts.Registrations.Operations.All.Concat<RequestSpec>(server.Parts.Registrations.Reads.All))
        {
            var route = server.Routes.Single(route => route.Spec.Action == spec.Name);
            // A path that lacks a part of it is another path, and for what is in JSON alone HTTP has the body itself.
            foreach (var member in spec.Request.Members.Where(member =>
                IsRequired(member) && member.Place is not (RequestPlace.Path or RequestPlace.JsonOnly)))
            {
                using var request = RequestWithout(route, member);
                // The body is wrong as a whole.
                var place = member.Place == RequestPlace.Body ? "" : PlaceOf(member);
                await ExpectAsync(server, request, place, [$"`{member.HttpName}` is missing", $"missing: '{member.Name}'"], $"{spec.Name} without {member.Name}");
                tried++;
            }
        }

        Assert.True(tried > 5, $"Only {tried} members are required.");
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
            await ExpectAsync(server, request, "/operations/0/" + member.Name, Shown(value), item.ToJsonString());
            tried++;
        }

        Assert.True(tried > 5, $"Only {tried} bounds are declared.");
    }

    /// <summary>Breaks each bound once, and tells how many there are.</summary>
    static async Task<int> BreakAllAsync(TestServer server, IEnumerable<RequestSpec> specs)
    {
        var tried = 0;
        foreach (var (spec, member, value) in Outside(specs))
        {
            // In JSON alone, and what the web server does not let through.
            if (member.Place == RequestPlace.JsonOnly || Header(member, value) == "") continue;
            var route = server.Routes.Single(route => route.Spec.Action == spec.Name);
            using var request = RequestWith(route, member, value);
            await ExpectAsync(server, request, PlaceOf(member), Shown(value), $"{spec.Name} {member.Name} {value.ToJsonString()}");
            tried++;
        }

        return tried;
    }

    static IEnumerable<(RequestSpec Spec, RequestMember Member, JsonValue Value)> Outside(IEnumerable<RequestSpec> specs) =>
        from spec in specs
        from member in spec.Request.Members
        from value in Outside(member.Bounds)
        select (spec, member, value);

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

    static HttpRequestMessage RequestWithout(Route route, RequestMember member)
    {
        if (member.Place != RequestPlace.Body) return Request(route);
        var body = JsonNode.Parse(BodyOf(route))!.AsObject();
        Assert.True(body.Remove(member.Name), $"The sample of {route.Spec.Action} lacks {member.Name}.");
        return Request(route, body: body.ToJsonString());
    }

    /// <summary>How an error shows a value: of a text that is too short or too long it tells the length.</summary>
    static string[] Shown(JsonValue value)
    {
        var text = value.ToString();
        return value.GetValueKind() == JsonValueKind.Number
            ? [$" is {text},", $" is \"{text}\","]
            : [$" is \"{InputText.Shorten(text)}\",", $" has {text.Length} characters,"];
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

    /// <summary>Refused, with the place, and there with one of these texts.</summary>
    static async Task ExpectAsync(TestServer server, HttpRequestMessage request, string place, string[] told, string sent)
    {
        using var response = await server.Admin.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        var errors = (int)response.StatusCode == 400 ? JsonNode.Parse(text)!["errors"]?.AsArray() : null;
        Assert.True(
            errors?.Any(error => (string?)error!["pointer"] == place
                && told.Any(part => ((string?)error["message"])!.Contains(part, StringComparison.Ordinal))) == true,
            $"{request.Method} {request.RequestUri} {sent}: {(int)response.StatusCode} {text}");
    }
}
