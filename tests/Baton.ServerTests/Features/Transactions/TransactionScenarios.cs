using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Transactions;

/// <summary>Every way in which a transaction is answered.</summary>
public sealed class TransactionScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    internal static IReadOnlyList<Scenario> All { get; } = [.. Done(), .. RecordsDone(), .. StreamsDone(), .. Shape(), .. Fields(), .. Failed(), .. Refused()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Transaction_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static IEnumerable<Scenario> Done() =>
    [
        new("Transaction_OfEveryStashOperation_IsOneCommit", Of(
            """{"op":"stash.put","name":"a","content":"one"}""",
            """{"op":"stash.append","name":"a","content":" two"}""",
            """{"op":"stash.replace","name":"a","old":"one","new":"1"}""",
            """{"op":"stash.put","name":"b","content_base64":"AAH/","discoverable":true,"ttl":60,"content_type":"x/y"}""",
            """{"op":"stash.delete","name":"a","if_version":3}"""), 200)
        {
            Has =
            [
                "\"results\":[{\"name\":\"a\",\"version\":1,\"size\":3,\"content_type\":\"text/plain; charset=utf-8\"",
                "\"version\":2,\"size\":7", "\"version\":3,\"size\":5", "\"name\":\"b\",\"version\":1,\"size\":3,\"content_type\":\"x/y\"",
                "{\"version\":4,\"seq\":10}],\"seq\":10}", "Baton-Seq: 10",
            ],
            HasNot = ["ETag", "\"seq\":6", "\"seq\":9"],
            Ledger =
            [
                "stash.put stash:a v1", "stash.append stash:a v2", "stash.replace stash:a v3", "stash.put stash:b v1",
                "stash.delete stash:a v4",
            ],
        },
        new("Transaction_ByABoundKey_WritesAsItsAgent", Of("""{"op":"stash.put","name":"a","content":""}"""), 200)
        {
            As = "planner",
            Has = ["\"updated_by\":\"planner\"", "\"size\":0"],
            Ledger = ["stash.put stash:a v1 by planner"],
        },
        new("Transaction_SourceMadeByIt_HasItsVersion", Of(
            """{"op":"stash.put","name":"a","content":"1"}""",
            """{"op":"stash.put","name":"b","content":"2","model":"m-1","sources":["stash:a"]}"""), 200)
        {
            Ledger = ["stash.put stash:a v1", "stash.put stash:b v1"],
        },
        new("Transaction_PreconditionsThatHold_AreTaken", Of(
            """{"op":"stash.put","name":"a","content":"2","if_version":1}""",
            """{"op":"stash.append","name":"a","content":"2","if_version":2}""",
            """{"op":"stash.put","name":"b","content":"1","if_version":0}"""), 200)
        {
            Given = ["PUT /stash/a\n\n1"],
            Ledger = ["stash.put stash:a v2", "stash.append stash:a v3", "stash.put stash:b v1"],
        },
        new("Transaction_SameThingTwice_MakesTwoVersions", Of(
            """{"op":"stash.put","name":"a","content":"1"}""",
            """{"op":"stash.put","name":"a","content":"2"}"""), 200)
        {
            Ledger = ["stash.put stash:a v1", "stash.put stash:a v2"],
        },
    ];

    static IEnumerable<Scenario> RecordsDone() =>
    [
        new("Transaction_OfEveryRecordOperation_IsOneCommit", Of(
            """{"op":"store.set","namespace":"a/b","key":"k","value": {"n":1.50,"n2" :null},"metadata":{"m":1},"ttl":60}""",
            """{"op":"store.patch","namespace":"a/b","key":"k","increment":{"/n":0.5},"set":{"/s":"x"},"append":{"/l":1},"if_version":1}""",
            """{"op":"store.patch","namespace":"a/b","key":"k","merge":{"n2":null,"s":{"t":true}}}""",
            """{"op":"store.set","key":"k","value":null}""",
            """{"op":"state.set","agent_id":"planner","key":"goal","value":"ship"}""",
            """{"op":"state.patch","agent_id":"planner","key":"count","increment":{"":1},"init":0}""",
            """{"op":"state.delete","agent_id":"planner","key":"goal","if_version":1}""",
            """{"op":"store.delete","namespace":"a/b","key":"k"}"""), 200)
        {
            Has =
            [
                "\"size\":21,\"metadata\":{\"m\":1}", "\"value\":{\"n\":2.00,\"n2\":null,\"s\":\"x\",\"l\":[1]}",
                "\"value\":{\"n\":2.00,\"s\":{\"t\":true},\"l\":[1]}", "\"value\":1,", "{\"version\":2,\"seq\":13},{\"version\":4,\"seq\":13}],\"seq\":13}",
            ],
            Ledger =
            [
                "store.set store:a%2Fb/k v1", "store.patch store:a%2Fb/k v2", "store.patch store:a%2Fb/k v3", "store.set store:default/k v1",
                "state.set state:planner/goal v1", "state.patch state:planner/count v1", "state.delete state:planner/goal v2",
                "store.delete store:a%2Fb/k v4",
            ],
        },
        new("Transaction_StateByItsAgent_IsWritten", Of("""{"op":"state.set","agent_id":"planner","key":"k","value":1}"""), 200)
        {
            As = "planner",
            Ledger = ["state.set state:planner/k v1 by planner"],
        },
    ];

    static IEnumerable<Scenario> StreamsDone() =>
    [
        new("Transaction_WithAStream_AppendsInTheSameCommit", Of(
            """{"op":"store.set","key":"stage","value":"done"}""",
            """{"op":"stream.append","stream":"log","data": {"n":1.50},"label":"stage-complete","if_version":1}""",
            """{"op":"stream.append","stream":"log","data":null}"""), 200)
        {
            Given = ["POST /stream\n\n{\"name\":\"log\"}"],
            Has = ["\"entry_id\":1,", "\"entry_id\":2,", "\"seq\":9}],\"seq\":9}"],
            Ledger = ["store.set store:default/stage v1", "stream.append stream:str_* v2 x1", "stream.append stream:str_* v3 x1"],
        },
    ];

    static IEnumerable<Scenario> Shape() =>
    [
        Bad("NoOperations", "{\"operations\":[]}", "request.invalid", "1 to 100"),
        Bad("TooManyOperations", $$"""{"operations":[{{string.Join(',', Enumerable.Repeat("{}", 101))}}]}""", "request.invalid", "There are 101"),
        Bad("NullOperations", "{\"operations\":null}", "request.invalid_json", "\"pointer\":\"/operations\""),
        Bad("OperationsOfText", "{\"operations\":[\"stash.put\"]}", "request.invalid_json", "\"pointer\":\"/operations/0\""),
        Bad("OperationWithoutName", "{\"operations\":[{\"name\":\"a\"}]}", "request.invalid_json", "\"pointer\":\"/operations/0/op\""),
        Bad("OperationNull", "{\"operations\":[{\"op\":null}]}", "request.invalid_json", "\"pointer\":\"/operations/0/op\""),
        Bad("OperationMistyped", "{\"operations\":[{\"op\":\"stash.putt\"}]}", "request.invalid", "did you mean \\\"stash.put\\\"?"),
        Bad("OperationUnknown", "{\"operations\":[{\"op\":\"transaction.run\"}]}", "request.invalid", "known are: stash.append"),
        Bad("MemberBesidesOperations", "{\"operations\":[],\"opertions\":[]}", "request.invalid_json", "did you mean \\\"operations\\\"?"),
        Bad("OperationsTwice", "{\"operations\":[],\"operations\":[]}", "request.invalid_json", "given twice"),
        Bad("FieldTwice", Of("""{"op":"stash.delete","name":"a","name":"b"}""")[Start..], "request.invalid_json", "given twice"),
        Bad("OpTwice", Of("""{"op":"stash.delete","name":"a","op":"stash.delete"}""")[Start..], "request.invalid_json", "given twice"),
    ];

    static IEnumerable<Scenario> Fields() =>
    [
        Bad("FieldMistyped", Of("""{"op":"stash.put","name":"a","contnt":"x"}""")[Start..], "request.invalid_json", "did you mean \\\"content\\\"?", "\"pointer\":\"/operations/0/contnt\""),
        Bad("FieldMissing", Of("""{"op":"stash.put","content":"x"}""")[Start..], "request.invalid_json", "Required members are missing: 'name'"),
        Bad("FieldOfWrongType", Of("""{"op":"stash.put","name":1}""")[Start..], "request.invalid_json", "wrong type", "\"pointer\":\"/operations/0/name\""),
        Bad("NoContent", Of("""{"op":"stash.put","name":"a"}""")[Start..], "request.invalid", "\"pointer\":\"/operations/0/content\""),
        Bad("TwoContents", Of("""{"op":"stash.put","name":"a","content":"","content_base64":""}""")[Start..], "request.invalid", "must be there once"),
        Bad("BadBase64", Of("""{"op":"stash.append","name":"a","content_base64":"AAH"}""")[Start..], "request.invalid", "\"pointer\":\"/operations/0/content_base64\""),
        Bad("BadFields", Of(
            """{"op":"stash.delete","name":"a"}""",
            """{"op":"stash.put","name":"...","content":"x","ttl":0,"if_version":-1,"content_type":"","model":"","sources":["x"]}""",
            """{"op":"stash.replace","name":"a","old":"","new":"x"}""",
            """{"op":"stash.nothing"}""")[Start..],
            "request.invalid",
            "\"pointer\":\"/operations/1/name\"", "\"pointer\":\"/operations/1/ttl\"", "\"pointer\":\"/operations/1/if_version\"",
            "\"pointer\":\"/operations/1/content_type\"", "\"pointer\":\"/operations/1/model\"", "\"pointer\":\"/operations/1/sources\"",
            "\"pointer\":\"/operations/3/op\""),
        Bad("SourceNull", Of("""{"op":"stash.put","name":"a","content":"x","sources":[null]}""")[Start..], "request.invalid", "\"pointer\":\"/operations/0/sources/0\""),
        Bad("BadFieldsOfRecords", Of(
            """{"op":"store.set","namespace":"..","key":"","value":1,"ttl":0,"metadata":[],"if_version":-1}""",
            """{"op":"store.patch","key":"k","merge":{},"set":{}}""",
            """{"op":"store.patch","key":"k","increment":{"n":1}}""",
            """{"op":"store.patch","key":"k"}""",
            """{"op":"state.set","agent_id":"a/b","key":"k","value":1}""")[Start..],
            "request.invalid",
            "\"pointer\":\"/operations/0/namespace\"", "\"pointer\":\"/operations/0/key\"", "\"pointer\":\"/operations/0/ttl\"",
            "\"pointer\":\"/operations/0/metadata\"", "\"pointer\":\"/operations/0/if_version\"", "\"pointer\":\"/operations/1/merge\"",
            "\"pointer\":\"/operations/2/increment/n\"", "\"pointer\":\"/operations/3\"", "\"pointer\":\"/operations/4/agent_id\""),
        Bad("BadFieldsOfStreams", Of("""{"op":"stream.append","stream":"...","data":1,"label":"","if_version":-1}""")[Start..],
            "request.invalid",
            "\"pointer\":\"/operations/0/stream\"", "\"pointer\":\"/operations/0/label\"", "\"pointer\":\"/operations/0/if_version\""),
        Bad("RecordWithoutValue", Of("""{"op":"store.set","key":"k"}""")[Start..], "request.invalid_json", "missing: 'value'"),
        Bad("ValueWithAMemberTwice", Of("""{"op":"store.set","key":"k","value":{"a":{"b":1,"b":2}}}""")[Start..], "request.invalid_json", "given twice"),
        Bad("BadFieldOfTheOperationItself", Of(
            """{"op":"stash.put","name":"a","content":"x"}""",
            """{"op":"stash.replace","name":"a","old":"","new":"x"}""")[Start..],
            "request.invalid", "\"pointer\":\"/operations/1/old\""),
    ];

    static IEnumerable<Scenario> Failed() =>
    [
        Fails("Mismatch", 412, "version.mismatch", """{"op":"stash.put","name":"b","content":"x","if_version":7}""", "\"current_version\":1"),
        Fails("Present", 412, "version.mismatch", """{"op":"stash.put","name":"b","content":"x","if_version":0}""", "\"current_version\":1"),
        Fails("NotFound", 404, "stash.not_found", """{"op":"stash.delete","name":"nothing"}"""),
        Fails("TextNotFound", 404, "stash.text_not_found", """{"op":"stash.replace","name":"b","old":"zz","new":""}"""),
        Fails("TextAmbiguous", 409, "stash.text_ambiguous", """{"op":"stash.replace","name":"b","old":"b","new":""}"""),
        Fails("NotText", 409, "stash.not_text", """{"op":"stash.replace","name":"c","old":"b","new":""}"""),
        Fails("UnknownSource", 422, "lineage.unknown_source", """{"op":"stash.put","name":"d","content":"","sources":["stash:zz"]}""", "\"pointer\":\"/operations/1/sources\""),
        Fails("SchemaViolation", 422, "schema.violation", """{"op":"stash.put","name":"d","content":"5","schema_id":"{schema1}"}""") with
        {
            Given = ["POST /schema\n\n{\"name\":\"t\",\"definition\":{\"type\":\"string\"}}"],
        },
        Fails("SchemaForStreams", 422, "schema.wrong_target", """{"op":"stash.put","name":"d","content":"5","schema_id":"{schema1}"}""") with
        {
            Given = ["POST /schema\n\n{\"name\":\"t\",\"definition\":true,\"target_type\":\"stream\"}"],
        },
        Fails("SchemaNotFound", 404, "schema.not_found", """{"op":"stash.put","name":"d","content":"5","schema_id":"sch_0"}"""),
        Fails("GrownTooLarge", 413, "stash.too_large", $$"""{"op":"stash.append","name":"b","content":"{{new string('x', 999)}}"}"""),
        Fails("WorkspaceFull", 409, "workspace.full", [.. "efghi".Select(name => $$"""{"op":"stash.put","name":"{{name}}","content":"{{new string('x', 1000)}}"}""")]) with
        {
            Has = ["\"operation\":5"],
        },
        Fails("RecordNotFound", 404, "store.not_found", """{"op":"store.delete","key":"nothing"}"""),
        Fails("RecordMismatch", 412, "version.mismatch", """{"op":"store.set","key":"k","value":1,"if_version":3}""", "\"current_version\":0"),
        Fails("WrongType", 409, "store.type_mismatch", """{"op":"store.patch","key":"k","increment":{"/a":1},"init":{"a":"x"}}""", "\"pointer\":\"/a\""),
        Fails("StreamNotFound", 404, "stream.not_found", """{"op":"stream.append","stream":"nothing","data":1}"""),
        Fails("StreamFull", 409, "stream.full", """{"op":"stream.append","stream":"log","data":1}""") with
        {
            Given = ["POST /stream\n\n{\"name\":\"log\",\"max_entries\":1}", "POST /stream/log\n\n{\"data\":0}"],
        },
        new("Transaction_EntryTooLarge_IsRefusedUnread", Of($$"""{"op":"stream.append","stream":"log","data":"{{new string('x', 4096)}}"}"""), 413)
        {
            Code = "request.body_too_large",
            Has = ["\"pointer\":\"/operations/0/data\""],
        },
        new("Transaction_ValueTooLarge_IsRefusedUnread", Of($$"""{"op":"store.set","key":"a","value":"{{new string('x', 1999)}}"}"""), 413)
        {
            Code = "store.too_large",
            Has = ["\"pointer\":\"/operations/0/value\"", "2000 is the most"],
        },
        new("Transaction_ContentTooLarge_IsRefusedUnread", Of($$"""{"op":"stash.put","name":"a","content":"{{new string('x', 1001)}}"}"""), 413)
        {
            Code = "stash.too_large",
            Has = ["\"pointer\":\"/operations/0/content\"", "1000 is the most"],
        },
        new("Transaction_OperationTwiceWithOnePrecondition_FailsBoth", Of(
            """{"op":"stash.put","name":"a","content":"1","if_version":0}""",
            """{"op":"stash.put","name":"a","content":"2","if_version":0}"""), 412)
        {
            Code = "version.mismatch",
            Has = ["\"operation\":1", "\"current_version\":1"],
        },
    ];

    static IEnumerable<Scenario> Refused() =>
    [
        new("Transaction_ByAReader_IsRefused", Of("""{"op":"stash.put","name":"a","content":"1"}"""), 403)
        {
            As = "reader",
            Code = "access.denied",
            Ledger = ["transaction.run workspace:* refused access.denied"],
        },
        new("Transaction_StateOfAnotherAgent_IsRefusedUnderItsOwnName", Of(
            """{"op":"stash.put","name":"a","content":"1"}""",
            """{"op":"state.set","agent_id":"critic","key":"k","value":1}"""), 403)
        {
            As = "planner",
            Code = "access.denied",
            Has = ["\"operation\":1", "state.set on state:critic/k is for that agent"],
            Ledger = ["state.set state:critic/k by planner refused access.denied"],
        },
    ];

    static int Start => "POST /transaction\n\n".Length;

    static string Of(params string[] operations) => $$"""
        POST /transaction

        {"operations":[{{string.Join(',', operations)}}]}
        """.ReplaceLineEndings("\n");

    /// <summary>An operation that would be done, then those of which the last fails: nothing is done.</summary>
    static Scenario Fails(string name, int status, string code, params string[] failing) =>
        new($"Transaction_{name}_IsThatOperationsFailure", Of(["""{"op":"stash.put","name":"first","content":"x"}""", .. failing]), status)
        {
            Given = ["PUT /stash/b\n\nbb", "PUT /stash/c\n\n{binary}"],
            Code = code,
            Has = ["\"operation\":1"],
        };

    static Scenario Fails(string name, int status, string code, string failing, string has) =>
        Fails(name, status, code, failing) with { Has = ["\"operation\":1", has] };

    static Scenario Bad(string name, string body, string code, params string[] has) =>
        new($"Transaction_{name}_IsInvalid", "POST /transaction\n\n" + body, 400)
        {
            Code = code,
            Has = [.. has, "\"errors\":[{\"pointer\":\"/"],
            HasNot = ["System.", "Baton.", "Operation ", "header:", "path:"],
        };
}
