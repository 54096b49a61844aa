using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Streams;

/// <summary>Every way in which writing streams is answered.</summary>
public sealed class StreamWriteScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Log = """
        POST /stream

        {"name":"log"}
        """;

    const string One = """
        POST /stream/log

        {"data":1}
        """;

    static readonly string s_kilobyte = new('x', 1000);

    internal static IReadOnlyList<Scenario> All { get; } = [.. Create(), .. CreateRefused(), .. Append(), .. AppendMalformed(), .. Extend(), .. Delete()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Write_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static IEnumerable<Scenario> Create() =>
    [
        new("CreateStream_Absent_AnswersEverySetting", """
            POST /stream

            {"name":"log","ttl":60,"discoverable":true,"max_entries":5,"overflow":"prune","retention_seconds":9,"renew_on_access":true,"linked_stash":"report"}
            """, 201)
        {
            As = "planner",
            Has =
            [
                "\"stream_id\":\"str_", "\"name\":\"log\"", "\"ttl\":60", "\"discoverable\":true", "\"max_entries\":5", "\"overflow\":\"prune\"",
                "\"retention_seconds\":9", "\"renew_on_access\":true", "\"linked_stash\":\"report\"", "\"created_by\":\"planner\"",
                "\"first_entry\":1", "\"last_entry\":0", "\"entries\":0", "\"version\":1", "\"seq\":6", "Baton-Seq: 6", "ETag: \"1\"",
            ],
            HasNot = ["\"expires_at\":null", "differs"],
            Ledger = ["stream.create stream:str_* v1 by planner"],
        },
        new("CreateStream_NameAlone_TakesTheDefaults", Log, 201)
        {
            Has =
            [
                "\"ttl\":null", "\"discoverable\":false", "\"max_entries\":null", "\"overflow\":\"reject\"", "\"retention_seconds\":null",
                "\"renew_on_access\":false", "\"schema_id\":null", "\"linked_stash\":null", "\"expires_at\":null",
            ],
            Ledger = ["stream.create stream:str_* v1"],
        },
        new("CreateStream_AsTheSeedHasIt_Creates", """
            POST /stream
            Content-Type: application/json

            {
              "name": "research-pipeline",
              "ttl": 86400,
              "discoverable": true
            }
            """, 201) { Ledger = ["stream.create stream:str_* v1"] },
        new("CreateStream_Present_IsAConflictThatNamesIt", Log, 409)
        {
            Given = [Log],
            Code = "stream.exists",
            Has = ["log belongs to the stream str_"],
        },
        new("CreateStream_PresentIfMissing_AnswersTheOneThatIsThere", """
            POST /stream

            {"name":"log","create_if_missing":true,"ttl":60,"overflow":"reject","max_entries":3}
            """, 200)
        {
            Given = [Log, One],
            Has = ["\"last_entry\":1", "\"version\":2", "\"seq\":7", "Baton-Seq: 7", "ETag: \"2\"", "\"differs\":[\"ttl\",\"max_entries\"]"],
        },
        new("CreateStream_PresentIfMissingAlike_DiffersInNothing", """
            POST /stream

            {"name":"log","create_if_missing":true,"discoverable":false,"renew_on_access":false}
            """, 200) { Given = [Log], Has = ["\"differs\":[]"] },
        new("CreateStream_AbsentIfMissing_Creates", """
            POST /stream

            {"name":"log","create_if_missing":true}
            """, 201) { Ledger = ["stream.create stream:str_* v1"] },
        new("CreateStream_DeletedBefore_IsAnotherFromItsBeginning", Log, 201)
        {
            Given = [Log, One, "DELETE /stream/log"],
            Has = ["\"version\":1", "\"last_entry\":0"],
            Ledger = ["stream.create stream:str_* v1"],
        },
        new("CreateStream_Retried_IsAnsweredAgain", "POST /stream\nIdempotency-Key: k\n\n{\"name\":\"log\"}", 201)
        {
            Given = ["POST /stream\nIdempotency-Key: k\n\n{\"name\":\"log\"}"],
            Has = ["Idempotency-Replayed: true", "\"version\":1"],
        },
    ];

    static IEnumerable<Scenario> CreateRefused() =>
    [
        Invalid("NameLikeAnId", """{"name":"str_log"}""", "/name"),
        Invalid("NameOfDots", """{"name":".."}""", "/name"),
        Invalid("NameWithASlash", """{"name":"a/b"}""", "/name"),
        Invalid("TtlOfZero", """{"name":"log","ttl":0}""", "/ttl"),
        Invalid("TtlTooLong", """{"name":"log","ttl":315360001}""", "/ttl"),
        Invalid("RetentionOfZero", """{"name":"log","retention_seconds":0}""", "/retention_seconds"),
        Invalid("NoEntries", """{"name":"log","max_entries":0}""", "/max_entries"),
        Invalid("TooManyEntries", """{"name":"log","max_entries":10000001}""", "/max_entries"),
        Invalid("UnknownOverflow", """{"name":"log","max_entries":1,"overflow":"drop"}""", "/overflow"),
        Invalid("OverflowWithoutBound", """{"name":"log","overflow":"prune"}""", "/overflow"),
        Invalid("RenewalWithoutTtl", """{"name":"log","renew_on_access":true}""", "/renew_on_access"),
        Invalid("LinkedStashLikeAnId", """{"name":"log","linked_stash":"key_1"}""", "/linked_stash"),
        new("CreateStream_EverythingWrong_NamesItAll", """
            POST /stream

            {"name":"","ttl":0,"max_entries":0}
            """, 400) { Code = "request.invalid", Has = ["\"/name\"", "\"/ttl\"", "\"/max_entries\""] },
        new("CreateStream_MistypedMember_NamesTheNearest", """
            POST /stream

            {"name":"log","max_entrys":3}
            """, 400) { Code = "request.invalid_json", Has = ["did you mean \\\"max_entries\\\"?"] },
        new("CreateStream_Reader_IsRefusedAndRecorded", Log, 403)
        {
            As = "reader",
            Code = "access.denied",
            Ledger = ["stream.create workspace:{workspace} refused access.denied"],
        },
    ];

    static IEnumerable<Scenario> Append() =>
    [
        new("AppendStream_OneEntry_AnswersItsId", """
            POST /stream/log

            {"data":{"agent":"researcher","status":"completed"},"label":"stage-complete"}
            """, 201)
        {
            As = "planner",
            Given = [Log],
            Has =
            [
                "\"stream_id\":\"str_", "\"entry_id\":1,\"first\":1,\"last\":1,\"count\":1", "\"created_by\":\"planner\"", "\"seq\":7",
                "Baton-Seq: 7", "ETag: \"2\"",
            ],
            Ledger = ["stream.append stream:str_* v2 by planner x1"],
        },
        new("AppendStream_Several_CountsWithoutGaps", """
            POST /stream/log

            [{"data":1},{"data":null,"label":"x"},{"label":null,"data":[]}]
            """, 201)
        {
            Given = [Log, One, One],
            Has = ["\"entry_id\":5,\"first\":3,\"last\":5,\"count\":3", "ETag: \"4\""],
            Ledger = ["stream.append stream:str_* v4 x3"],
        },
        new("AppendStream_Absent_IsNotFound", One, 404) { Code = "stream.not_found", Has = ["There is no stream log."] },
        new("AppendStream_UnknownId_IsNotFound", """
            POST /stream/str_00000000000000000000

            {"data":1}
            """, 404) { Code = "stream.not_found" },
        new("AppendStream_Deleted_IsNotFound", One, 404) { Given = [Log, "DELETE /stream/log"], Code = "stream.not_found" },
        new("AppendStream_ToAFullStream_IsRefused", One, 409)
        {
            Given = ["POST /stream\n\n{\"name\":\"log\",\"max_entries\":2}", One, One],
            Code = "stream.full",
            Has = ["holds 2 entries, and 2 is the most"],
        },
        new("AppendStream_MoreThanIsLeft_AppendsNone", """
            POST /stream/log

            [{"data":1},{"data":2}]
            """, 409) { Given = ["POST /stream\n\n{\"name\":\"log\",\"max_entries\":2}", One], Code = "stream.full" },
        new("AppendStream_BatchOverTheBound_IsRefused", """
            POST /stream/log

            [{"data":1},{"data":2},{"data":3}]
            """, 409)
        {
            Given = ["POST /stream\n\n{\"name\":\"log\",\"max_entries\":2,\"overflow\":\"prune\"}"],
            Code = "stream.full",
            Has = ["The batch has 3 entries", "holds 2 at most"],
        },
        new("AppendStream_ToAPruningStream_LetsTheOldestGo", One, 201)
        {
            Given = ["POST /stream\n\n{\"name\":\"log\",\"max_entries\":2,\"overflow\":\"prune\"}", One, One],
            Has = ["\"entry_id\":3"],
            Ledger = ["stream.append stream:str_* v4 x1"],
        },
        new("AppendStream_TooMuchForTheWorkspace_IsRefused", $"POST /stream/log\n\n{{\"data\":\"{s_kilobyte}\"}}", 409)
        {
            Given = [Log, .. Enumerable.Repeat($"POST /stream/log\n\n{{\"data\":\"{s_kilobyte}\"}}", 4)],
            Code = "workspace.full",
            Has = ["may hold 5000 bytes"],
        },
        new("AppendStream_IfMatchOfTheVersion_Appends", "POST /stream/log\nIf-Match: \"1\"\n\n{\"data\":1}", 201)
        {
            Given = [Log],
            Ledger = ["stream.append stream:str_* v2 x1"],
        },
        new("AppendStream_IfMatchOfAnother_IsAMismatch", "POST /stream/log\nIf-Match: \"1\"\n\n{\"data\":1}", 412)
        {
            Given = [Log, One],
            Code = "version.mismatch",
            Has = ["\"current_version\":2"],
        },
        new("AppendStream_Retried_HappensOnce", "POST /stream/log\nIdempotency-Key: k\n\n{\"data\":1}", 201)
        {
            Given = [Log, "POST /stream/log\nIdempotency-Key: k\n\n{\"data\":1}"],
            Has = ["Idempotency-Replayed: true", "\"entry_id\":1", "ETag: \"2\"", "Baton-Seq: 7"],
        },
        new("AppendStream_KeyOfAnotherBody_IsRefused", "POST /stream/log\nIdempotency-Key: k\n\n{\"data\":2}", 422)
        {
            Given = [Log, "POST /stream/log\nIdempotency-Key: k\n\n{\"data\":1}"],
            Code = "idempotency.key_reused",
        },
        new("AppendStream_Reader_IsRefusedAndRecorded", One, 403)
        {
            As = "reader",
            Given = [Log],
            Code = "access.denied",
            Ledger = ["stream.append stream:log refused access.denied"],
        },
        new("AppendStream_ToANameThatIsNone_IsInvalid", """
            POST /stream/a%20b

            {"data":1}
            """, 400) { Code = "request.invalid", Has = ["path:id"] },
        new("AppendStream_UnknownParameter_IsRefused", "POST /stream/log?label=x\n\n{\"data\":1}", 400)
        {
            Given = [Log],
            Code = "request.unknown_parameter",
        },
    ];

    static IEnumerable<Scenario> AppendMalformed() =>
    [
        Malformed("WithoutData", """{"label":"x"}""", "missing: 'data'"),
        Malformed("DataTwice", """{"data":1,"data":2}""", "\\\"data\\\" is given twice"),
        Malformed("LabelTwice", """{"data":1,"label":"a","label":"b"}""", "\\\"label\\\" is given twice"),
        Malformed("MemberOfDataTwice", """{"data":{"a":{"b":1,"b":2}}}""", "\"pointer\":\"/data/a\"", "\\\"b\\\" is given twice"),
        Malformed("MemberOfDataTwiceByEscape", """{"data":[0,{"b":1,"\u0062":2}]}""", "\"pointer\":\"/data/1\""),
        Malformed("TenMembersOneTwice", """{"data":{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"a":2}}""", "\\\"a\\\" is given twice"),
        Malformed("HalfACharacter", """{"data":{"a":["\ud800"]}}""", "\"pointer\":\"/data/a/0\"", "not valid Unicode"),
        Malformed("HalfACharacterInAName", """{"data":{"\ud800":1}}""", "not valid Unicode"),
        Malformed("HalfACharacterInTheLabel", """{"data":1,"label":"\ud800"}""", "not valid Unicode"),
        Malformed("MistypedMember", """{"date":1}""", "did you mean \\\"data\\\"?", "\"pointer\":\"/date\""),
        Malformed("UnknownMember", """{"data":1,"zzzzzzzz":1}""", "known here: data, label"),
        Malformed("LabelOfAnotherType", """{"data":1,"label":1}""", "wrong type", "\"pointer\":\"/label\""),
        Malformed("EmptyLabel", """{"data":1,"label":""}""", "0 characters"),
        Malformed("LabelWithAControl", """{"data":1,"label":"a\nb"}""", "\"pointer\":\"/label\""),
        Malformed("LabelTooLong", $$"""{"data":1,"label":"{{new string('l', 129)}}"}""", "129 characters"),
        Malformed("SecondOfTwoWithoutData", """[{"data":1},{"label":"x"}]""", "\"pointer\":\"/1\""),
        Malformed("DataOfTheSecondTwice", """[{"data":1},{"data":{"a":1,"a":1}}]""", "\"pointer\":\"/1/data\""),
        Malformed("EmptyArray", "[]", "must hold at least one entry"),
        Malformed("NumbersInAnArray", "[1]", "\"pointer\":\"/0\"", "must be an object"),
        Malformed("AText", "\"data\"", "must be an object"),
        Malformed("Empty", "", "is not JSON"),
        Malformed("Half", "{\"data\":[1,", "is not JSON"),
        Malformed("TwoBodies", "{\"data\":1}{\"data\":2}", "is not JSON"),
        Malformed("NumberWithAZeroBefore", "{\"data\":01}", "is not JSON"),
        Malformed("TooDeep", $"{{\"data\":{new string('[', 64)}{new string(']', 64)}}}", "is not JSON"),
        new("AppendStream_BytesThatAreNoText_IsInvalidJson", "POST /stream/log\nContent-Type: application/json", 400)
        {
            Given = [Log],
            Bytes = [(byte)'{', (byte)'"', (byte)'d', (byte)'a', (byte)'t', (byte)'a', (byte)'"', (byte)':', (byte)'"', 0xFF, (byte)'"', (byte)'}'],
            Code = "request.invalid_json",
            Has = ["not UTF-8"],
        },
        new("AppendStream_OfAnotherType_IsUnsupported", "POST /stream/log\nContent-Type: text/plain\n\n{\"data\":1}", 415)
        {
            Given = [Log],
            Code = "request.unsupported_media_type",
        },
        new("AppendStream_OverTheBodyLimit_IsTooLarge", $"POST /stream/log\n\n{{\"data\":\"{new string('x', 5000)}\"}}", 413)
        {
            Given = [Log],
            Code = "request.body_too_large",
        },
    ];

    static IEnumerable<Scenario> Extend() =>
    [
        new("ExtendStream_Present_MovesTheEnd", "PATCH /stream/log\n\n{\"extra_time\":60}", 200)
        {
            Given = ["POST /stream\n\n{\"name\":\"log\",\"ttl\":60}"],
            Has = ["\"version\":2", "\"ttl\":60", "ETag: \"2\""],
            HasNot = ["\"expires_at\":null"],
            Ledger = ["stream.extend stream:str_* v2"],
        },
        new("ExtendStream_WithoutEnd_IsRefused", "PATCH /stream/log\n\n{\"extra_time\":60}", 409) { Given = [Log], Code = "stream.never_expires" },
        new("ExtendStream_TooFar_IsInvalid", "PATCH /stream/log\n\n{\"extra_time\":315360000}", 400)
        {
            Given = ["POST /stream\n\n{\"name\":\"log\",\"ttl\":60}"],
            Code = "request.invalid",
            Has = ["/extra_time", "more than 315360000 seconds"],
        },
        new("ExtendStream_ByZero_IsInvalid", "PATCH /stream/log\n\n{\"extra_time\":0}", 400) { Given = [Log], Code = "request.invalid" },
        new("ExtendStream_Absent_IsNotFound", "PATCH /stream/log\n\n{\"extra_time\":1}", 404) { Code = "stream.not_found" },
        new("ExtendStream_Mismatch_IsRefused", "PATCH /stream/log\nIf-Match: \"2\"\n\n{\"extra_time\":1}", 412)
        {
            Given = ["POST /stream\n\n{\"name\":\"log\",\"ttl\":60}"],
            Code = "version.mismatch",
        },
    ];

    static IEnumerable<Scenario> Delete() =>
    [
        new("DeleteStream_Present_AnswersTheVersionOfTheDeletion", "DELETE /stream/log", 200)
        {
            Given = [Log, One],
            Has = ["{\"version\":3,\"seq\":8}", "ETag: \"3\""],
            Ledger = ["stream.delete stream:str_* v3"],
        },
        new("DeleteStream_Absent_IsNotFound", "DELETE /stream/log", 404) { Code = "stream.not_found" },
        new("DeleteStream_Twice_IsNotFound", "DELETE /stream/log", 404) { Given = [Log, "DELETE /stream/log"], Code = "stream.not_found" },
        new("DeleteStream_Mismatch_IsRefused", "DELETE /stream/log\nIf-Match: \"2\"", 412)
        {
            Given = [Log],
            Code = "version.mismatch",
            Has = ["\"current_version\":1"],
        },
    ];

    static Scenario Invalid(string name, string body, string pointer) =>
        new($"CreateStream_{name}_IsInvalid", $"POST /stream\n\n{body}", 400)
        {
            Code = "request.invalid",
            Has = [$"\"pointer\":\"{pointer}\""],
        };

    static Scenario Malformed(string name, string body, params string[] has) =>
        new($"AppendStream_{name}_IsInvalidJson", $"POST /stream/log\nContent-Type: application/json\n\n{body}", 400)
        {
            Given = [Log],
            Code = "request.invalid_json",
            Has = has,
        };
}
