using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Streams;

/// <summary>Streams in transactions: what an entry tells and what it is about are one commit.</summary>
public sealed class StreamTransactionScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Schema = "POST /schema\n\n{\"name\":\"report\",\"definition\":{\"type\":\"object\"}}";
    const string Log = "POST /stream\n\n{\"name\":\"log\"}";

    internal static IReadOnlyList<Scenario> All { get; } =
    [
        new("StreamTransaction_OfAStashAndItsAnnouncement_IsOneCommit", Of(
            """{"op":"stash.put","name":"report","content":"done"}""",
            """{"op":"stream.append","stream":"log","data":{ "stash": "report", "n": 1.0 },"label":"stage-complete"}"""), 200)
        {
            As = "planner",
            Given = [Log],
            Has = ["{\"name\":\"report\",\"version\":1", "\"entry_id\":1,\"first\":1,\"last\":1,\"count\":1", "\"created_by\":\"planner\"", "\"seq\":8}"],
            Ledger = ["stash.put stash:report v1 by planner", "stream.append stream:str_* v2 by planner x1"],
        },
        new("StreamTransaction_Entry_ComesBackByteForByte", "GET /stream/log", 200)
        {
            Given = [Log, Of("""{"op":"stream.append","stream":"log","data":{ "b": 1.50, "a":[ ]},"label":"x"}""")],
            Has = ["\"data\":{ \"b\": 1.50, \"a\":[ ]},"],
        },
        new("StreamTransaction_OfAWholeLife_SeesWhatItDid", Of(
            """{"op":"stream.create","name":"log","ttl":60,"max_entries":2,"overflow":"prune"}""",
            """{"op":"stream.append","stream":"log","data":1}""", """{"op":"stream.append","stream":"log","data":2,"if_version":2}""",
            """{"op":"stream.append","stream":"log","data":3}""", """{"op":"stream.extend","stream":"log","extra_time":5}""",
            """{"op":"stream.delete","stream":"log","if_version":5}"""), 200)
        {
            Has = ["\"entry_id\":3,", "\"first_entry\":2,\"last_entry\":3"],
            Ledger =
            [
                "stream.create stream:str_* v1", "stream.append stream:str_* v2 x1", "stream.append stream:str_* v3 x1",
                "stream.append stream:str_* v4 x1", "stream.extend stream:str_* v5", "stream.delete stream:str_* v6",
            ],
        },
        new("StreamTransaction_WithABoundStream_ChecksItsEntries", Of(
            """{"op":"stream.create","name":"log","schema_id":"{schema1}"}""", """{"op":"stream.append","stream":"log","data":{}}"""), 200)
        {
            Given = [Schema],
            Ledger = ["stream.create stream:str_* v1", "stream.append stream:str_* v2 x1"],
        },
        Fails("Unfit", 422, "schema.violation", [
            """{"op":"stream.create","name":"log","schema_id":"{schema1}"}""", """{"op":"stream.append","stream":"log","data":"text"}"""], Schema),
        Fails("Absent", 404, "stream.not_found", ["""{"op":"stream.append","stream":"log","data":1}"""]),
        Fails("Present", 409, "stream.exists", ["""{"op":"stream.create","name":"log"}"""], Log),
        Fails("Full", 409, "stream.full", ["""{"op":"stream.append","stream":"log","data":1}""", """{"op":"stream.append","stream":"log","data":1}"""],
            "POST /stream\n\n{\"name\":\"log\",\"max_entries\":1,\"retention_seconds\":60}"),
        Fails("Endless", 409, "stream.never_expires", ["""{"op":"stream.extend","stream":"log","extra_time":1}"""], Log),
        Fails("Overtaken", 412, "version.mismatch", ["""{"op":"stream.delete","stream":"log","if_version":7}"""], Log),
        Fails("LabelTooLong", 400, "request.invalid", [$$"""{"op":"stream.append","stream":"log","data":1,"label":"{{new string('l', 129)}}"}"""], Log),
        Fails("NameOfNone", 400, "request.invalid", ["""{"op":"stream.append","stream":"a b","data":1}"""]),
        Fails("HalfACharacter", 400, "request.invalid_json", ["""{"op":"stream.append","stream":"log","data":["\ud800"]}"""], Log),
        Fails("WithoutData", 400, "request.invalid_json", ["""{"op":"stream.append","stream":"log"}"""], Log),
        Fails("MemberTwice", 400, "request.invalid_json", ["""{"op":"stream.append","stream":"log","data":{"a":1,"a":1}}"""], Log),
    ];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task StreamTransaction_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static Scenario Fails(string name, int status, string code, string[] operations, params string[] given) =>
        new($"StreamTransaction_{name}_DoesNothing", Of(operations), status) { Given = given, Code = code };

    static string Of(params string[] operations) => $"POST /transaction\n\n{{\"operations\":[{string.Join(',', operations)}]}}";
}
