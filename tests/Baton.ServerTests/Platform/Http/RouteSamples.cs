using System.Net.Http.Headers;
using System.Text;
using Baton.Contracts.Identity;
using Baton.Contracts.Schemas;
using Baton.Contracts.Stashes;
using Baton.Contracts.Store;
using Baton.Contracts.Streams;
using Baton.Contracts.Transactions;
using Baton.Server.Platform.Http;

namespace Baton.ServerTests.Platform.Http;

/// <summary>Well-formed requests for any route of the table. They need not find what they name.</summary>
internal static class RouteSamples
{
    static readonly Dictionary<Type, string> s_bodies = new()
    {
        [typeof(CreateKeyRequest)] = """
            {"name":"sample","agent_id":"agent-1","role":"reader","expires_in":60,
             "rate_limit":{"requests":5,"window_seconds":1}}
            """,
        [typeof(RotateKeyRequest)] = """{"grace_seconds":5}""",
        [typeof(CreateWorkspaceRequest)] = """{"name":"sample"}""",
        [typeof(CreateTicketRequest)] = """{"path":"/events"}""",
        [typeof(CreateSchemaRequest)] = """
            {"name":"sample","description":"A sample","definition":{"type":"object"},"visibility":"private",
             "target_type":"stash","compatibility":"none"}
            """,
        [typeof(CreateStreamRequest)] = """
            {"name":"sample","ttl":60,"discoverable":true,"create_if_missing":true,"max_entries":10,"overflow":"prune",
             "retention_seconds":9,"renew_on_access":true,"schema_id":"sch_0","linked_stash":"sample"}
            """,
        [typeof(ExtendStreamRequest)] = """{"extra_time":5}""",
        [typeof(AppendEntry)] = """{"data":{"agent":"a"},"label":"done"}""",
        [typeof(SetCursorRequest)] = """{"entry_id":0}""",
        [typeof(PatchRecordRequest)] = """{"increment":{"/n":1},"init":{"n":1}}""",
        [typeof(PatchStateRequest)] = """{"increment":{"/n":1},"init":{"n":1}}""",
        [typeof(SetStatesRequest)] = """{"set":{"a":1},"delete":["b"],"metadata":{"m":1},"ttl":60}""",
        [typeof(SetRecordsRequest)] = """{"set":{"a":1},"delete":["b"],"metadata":{"m":1},"ttl":60}""",
        [typeof(GetRecordsRequest)] = """{"keys":["a"]}""",
        [typeof(GetStatesRequest)] = """{"keys":["a"]}""",
        [typeof(ClaimRequest)] = """{"match":{"/s":"x"},"set":{"/s":"y"},"lease_seconds":60,"limit":1,"wait":0}""",
        [typeof(RenewClaimRequest)] = """{"lease_seconds":60}""",
        [typeof(CompleteClaimRequest)] = """{"set":{"/s":"y"}}""",
        [typeof(TransactionRequest)] = """{"operations":[{"op":"stash.put","name":"a","content":"a"}]}""",
        [typeof(ReplaceInStashRequest)] = """{"old":"a","new":"b","all":true}""",
    };

    /// <summary>The JSON body of a route that takes one.</summary>
    public static string BodyOf(Route route) =>
        s_bodies.TryGetValue(route.Spec.Body!.Type!, out var body)
            ? body
            : throw new KeyNotFoundException($"{route.Spec.Action} takes a {route.Spec.Body.Type!.Name}: add a sample.");

    public static HttpRequestMessage Request(Route route, string query = "", string? body = null)
    {
        var path = string.Join('/', route.Path.Split('/').Select(part => part is ['{', ..] ? "sample" : part));
        var request = new HttpRequestMessage(new HttpMethod(route.Method), path + query);
        if (route.Spec.Body is not { } wanted) return request;
        var (type, sample) = wanted.Type is null
            ? wanted.ContentType is { } known ? (known, "1") : ("text/plain", "sample")
            : ("application/json", BodyOf(route));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? sample));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return request;
    }

    public static HttpRequestMessage With(this HttpRequestMessage request, string header, string value)
    {
        if (header == "Content-Type") request.Content!.Headers.ContentType = new MediaTypeHeaderValue(value);
        else request.Headers.Add(header, value);
        return request;
    }
}
