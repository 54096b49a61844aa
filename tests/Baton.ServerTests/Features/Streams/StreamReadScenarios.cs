using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Streams;

/// <summary>Every way in which reading streams is answered, but for waiting.</summary>
public sealed class StreamReadScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Log = "POST /stream\n\n{\"name\":\"log\"}";
    const string Pruning = "POST /stream\n\n{\"name\":\"log\",\"max_entries\":2,\"overflow\":\"prune\"}";
    const string A = "POST /stream/log\n\n{\"data\":{\"agent\":\"a\",\"n\":1},\"label\":\"done\"}";
    const string B = "POST /stream/log\n\n{\"data\":{\"agent\":\"b\",\"n\":1.0}}";
    const string C = "POST /stream/log\n\n{\"data\":{\"agent\":\"a\",\"n\":10e-1},\"label\":\"done\"}";

    internal static IReadOnlyList<Scenario> All { get; } = [.. Read(), .. ReadRefused(), .. Latest(), .. Join(), .. Lists()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Read_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static IEnumerable<Scenario> Read() =>
    [
        new("ReadStream_Present_IsOldestFirst", "GET /stream/log", 200)
        {
            As = "reader",
            Given = [Log, A, B],
            Has =
            [
                "{\"items\":[{\"entry_id\":1,\"label\":\"done\",\"data\":{\"agent\":\"a\",\"n\":1},\"created_at\":\"", "},{\"entry_id\":2,\"label\":null,",
                "\"next_after\":\"str_", ":2\"}", "Baton-Seq: 8",
            ],
            HasNot = ["salt", "ETag"],
        },
        new("ReadStream_Empty_IsAnEmptyPage", "GET /stream/log", 200) { Given = [Log], Has = ["{\"items\":[],\"next_after\":\"str_", ":0\"}"] },
        new("ReadStream_DataOfAnyForm_ComesBackByteForByte", "GET /stream/log", 200)
        {
            Given = [Log, "POST /stream/log\n\n{ \"data\" : { \"z\": 1.50, \"a\" :[ 1E+2,-0 ,\"\\u00e9/\\/\"] } , \"label\":\"x\" }"],
            Has = ["\"data\":{ \"z\": 1.50, \"a\" :[ 1E+2,-0 ,\"\\u00e9/\\/\"] },"],
        },
        new("ReadStream_LabelBeyondAscii_IsFound", "GET /stream/log?label=%C3%A9t%C3%A9%20%22", 200)
        {
            Given = [Log, "POST /stream/log\n\n{\"data\":1,\"label\":\"été \\\"\"}", A],
            Has = ["\"entry_id\":1,\"label\":\"été \\\"\"", "\"next_after\":\"str_", ":2\"}"],
            HasNot = ["\"entry_id\":2"],
        },
        new("ReadStream_AfterAnEntry_BeginsBehindIt", "GET /stream/log?after=1&limit=1", 200)
        {
            Given = [Log, A, B, C],
            Has = ["\"entry_id\":2", "\"next_after\":\"str_", ":2\"}"],
            HasNot = ["\"entry_id\":1,", "\"entry_id\":3"],
        },
        new("ReadStream_AfterNow_IsEmpty", "GET /stream/log?after=now", 200) { Given = [Log, A, B], Has = ["{\"items\":[],\"next_after\":\"str_", ":2\"}"] },
        new("ReadStream_ByLabel_MovesOnOverTheOthers", "GET /stream/log?label=nothing", 200)
        {
            Given = [Log, A, B],
            Has = ["{\"items\":[],\"next_after\":\"str_", ":2\"}"],
        },
        new("ReadStream_ByLabelFullPage_EndsWithItsLast", "GET /stream/log?label=done&limit=1", 200)
        {
            Given = [Log, A, B, C],
            Has = ["\"next_after\":\"str_", ":1\"}"],
        },
        new("ReadStream_Full_ShowsTheSaltOfEachAppend", "GET /stream/log?full=true", 200) { Given = [Log, A], Has = ["\"salt\":\""] },
        new("ReadStream_PrunedWithoutAfter_BeginsWithTheFirstThatIsThere", "GET /stream/log", 200)
        {
            Given = [Pruning, A, B, C],
            Has = ["\"items\":[{\"entry_id\":2"],
            HasNot = ["\"entry_id\":1,"],
        },
        new("ReadStream_AfterTheLastThatIsGone_GoesOn", "GET /stream/log?after=1", 200)
        {
            Given = [Pruning, A, B, C],
            Has = ["\"items\":[{\"entry_id\":2"],
        },
        new("ReadStream_ByConsumer_BeginsBehindItsCursor", "GET /stream/log?consumer=me", 200)
        {
            Given = [Log, A, B, "PUT /stream/log/cursors/me\n\n{\"entry_id\":1}"],
            Has = ["\"items\":[{\"entry_id\":2"],
        },
        new("ReadStream_ByNewConsumer_BeginsWithTheFirst", "GET /stream/log?consumer=me", 200)
        {
            Given = [Log, A],
            Has = ["\"items\":[{\"entry_id\":1"],
        },
        new("ReadStream_AbsentWithWaitOver_IsAnEmptyPage", "GET /stream/log?wait=0", 200) { Has = ["{\"items\":[],\"next_after\":\"0\"}"] },
    ];

    static IEnumerable<Scenario> ReadRefused() =>
    [
        new("ReadStream_Absent_IsNotFound", "GET /stream/log", 404) { Code = "stream.not_found" },
        new("ReadStream_UnknownIdWithWait_IsNotFoundAtOnce", "GET /stream/str_00000000000000000000?wait=60", 404) { Code = "stream.not_found" },
        new("ReadStream_BehindWhatWasPruned_IsTold", "GET /stream/log?after=0", 410)
        {
            Given = [Pruning, A, B, C],
            Code = "stream.cursor_pruned",
            Has = ["\"first_entry\":2", "from 1 to 1 are no longer kept"],
        },
        new("ReadStream_AsAStreamBehindWhatWasPruned_IsTold", "GET /stream/log?after=0\nAccept: text/event-stream", 410)
        {
            Given = [Pruning, A, B, C],
            Code = "stream.cursor_pruned",
        },
        new("ReadStream_ConsumerBehindWhatWasPruned_IsTold", "GET /stream/log?consumer=me&wait=60", 410)
        {
            Given = [Pruning, A, "PUT /stream/log/cursors/me\n\n{\"entry_id\":1}", B, C, A, A],
            Code = "stream.cursor_pruned",
            Has = ["\"first_entry\":4"],
        },
        new("ReadStream_BeyondTheNewest_IsAhead", "GET /stream/log?after=2&wait=60", 409)
        {
            Given = [Log, A],
            Code = "cursor.ahead",
            Has = ["\"head\":1"],
        },
        new("ReadStream_CursorOfAnotherStream_IsAMismatch", "GET /stream/log?after=str_00000000000000000000:1", 409)
        {
            Given = [Log, A],
            Code = "stream.cursor_mismatch",
        },
        new("ReadStream_BehindAnEntryOfWhatIsNotThere_IsNotFoundAtOnce", "GET /stream/log?after=1&wait=60", 404) { Code = "stream.not_found" },
        new("ReadStream_BehindAPlaceOfWhatIsNotThere_IsNotFoundAtOnce", "GET /stream/log?after=str_00000000000000000000:0&wait=60", 404)
        {
            Code = "stream.not_found",
        },
        new("ReadStream_AsAStreamBehindWhatIsNotThere_IsNotFoundAtOnce", "GET /stream/log\nAccept: text/event-stream\nLast-Event-ID: str_00000000000000000000:1", 404)
        {
            Code = "stream.not_found",
        },
        new("ReadStream_AfterOfNoForm_IsInvalid", "GET /stream/log?after=-1", 400) { Given = [Log], Code = "request.invalid", Has = ["query:after"] },
        new("ReadStream_AfterAndConsumer_IsInvalid", "GET /stream/log?after=1&consumer=me", 400) { Given = [Log], Code = "request.invalid" },
        new("ReadStream_AsAStreamAfterAndConsumer_IsInvalid", "GET /stream/log?after=1&consumer=me\nAccept: text/event-stream\nLast-Event-ID: 1", 400)
        {
            Given = [Log],
            Code = "request.invalid",
            Has = ["query:consumer", "does not go with `after`"],
        },
        new("ReadStream_AsAStreamByAnIdOfNoForm_IsInvalid", "GET /stream/log\nAccept: text/event-stream\nLast-Event-ID: str_A:1", 400)
        {
            Given = [Log],
            Code = "request.invalid_header",
            Has = ["header:Last-Event-ID", "Last-Event-ID is \\\"str_A:1\\\", but must be an entry's id, an event's id, or `now`."],
        },
        new("ReadStream_LabelWithAControl_IsInvalid", "GET /stream/log?label=a%07", 400)
        {
            Given = [Log],
            Code = "request.invalid",
            Has = ["query:label", "without control characters"],
        },
        new("ReadStream_ConsumerThatIsNoName_IsInvalid", "GET /stream/log?consumer=a%2Fb", 400) { Given = [Log], Code = "request.invalid" },
        new("ReadStream_EmptyLabel_IsInvalid", "GET /stream/log?label=", 400) { Given = [Log], Code = "request.invalid", Has = ["query:label"] },
        new("ReadStream_NameThatIsNone_IsInvalid", "GET /stream/a%20b", 400) { Code = "request.invalid" },
        new("ReadStream_MistypedParameter_NamesTheNearest", "GET /stream/log?lable=x", 400)
        {
            Given = [Log],
            Code = "request.unknown_parameter",
            Has = ["did you mean `label`?"],
        },
        new("ReadStream_ReaderWithConsumer_IsRefusedAndRecorded", "GET /stream/log?consumer=me", 403)
        {
            As = "reader",
            Given = [Log],
            Code = "access.denied",
            Ledger = ["stream.read stream:log refused access.denied"],
        },
    ];

    static IEnumerable<Scenario> Latest() =>
    [
        new("Latest_Present_IsTheNewest", "GET /stream/log/latest", 200)
        {
            As = "reader",
            Given = [Log, A, B],
            Has = ["{\"entry_id\":2,", "ETag: \"2\"", "Baton-Seq: 8"],
        },
        new("Latest_ByLabel_IsTheNewestWithIt", "GET /stream/log/latest?label=done", 200)
        {
            Given = [Log, A, C, B],
            Has = ["{\"entry_id\":2,", "ETag: \"2\""],
        },
        new("Latest_KnownToTheCaller_IsNotModified", "GET /stream/log/latest\nIf-None-Match: \"2\"", 304)
        {
            Given = [Log, A, B],
            Has = ["ETag: \"2\""],
        },
        new("Latest_AfterIt_IsEmpty", "GET /stream/log/latest?after=2", 404) { Given = [Log, A, B], Code = "stream.empty" },
        new("Latest_AfterTheOneBefore_IsIt", "GET /stream/log/latest?after=1&full=true", 200)
        {
            Given = [Log, A, B],
            Has = ["{\"entry_id\":2,", "\"salt\":\""],
        },
        new("Latest_OfAnEmptyStream_IsEmpty", "GET /stream/log/latest", 404) { Given = [Log], Code = "stream.empty" },
        new("Latest_OfAnUnknownLabel_IsEmpty", "GET /stream/log/latest?label=x", 404) { Given = [Log, A], Code = "stream.empty" },
        new("Latest_BehindWhatWasPruned_IsTheNewest", "GET /stream/log/latest?after=0", 200)
        {
            Given = [Pruning, A, B, C],
            Has = ["{\"entry_id\":3,"],
        },
        new("Latest_WhenTheTimeIsOver_TellsTheTagOfWhatIsThere", "GET /stream/log/latest?after=2&label=done&wait=0", 204)
        {
            Given = [Log, A, B],
            Has = ["ETag: \"1\"", "Baton-Seq: 8"],
        },
        new("Latest_AbsentWithWaitOver_IsNothing", "GET /stream/log/latest?wait=0", 204) { HasNot = ["ETag"] },
        new("Latest_Absent_IsNotFound", "GET /stream/log/latest", 404) { Code = "stream.not_found" },
        new("Latest_BehindAnEntryOfWhatIsNotThere_IsNotFoundAtOnce", "GET /stream/log/latest?after=1&wait=60", 404) { Code = "stream.not_found" },
        new("Latest_BeyondTheNewest_IsAhead", "GET /stream/log/latest?after=9", 409) { Given = [Log, A], Code = "cursor.ahead" },
        new("Latest_CursorOfAnotherStream_IsAMismatch", "GET /stream/log/latest?after=str_00000000000000000000:1", 409)
        {
            Given = [Log, A],
            Code = "stream.cursor_mismatch",
        },
    ];

    static IEnumerable<Scenario> Join() =>
    [
        new("Join_AsManyAsAreThere_IsCompleteAtOnce", "GET /stream/log/join?count=2&label=done&timeout=60", 200)
        {
            As = "reader",
            Given = [Log, A, B, C, A],
            Has = ["{\"complete\":true,\"entries\":[{\"entry_id\":1,", "{\"entry_id\":3,", "\"next_after\":\"str_", ":3\"}", "Baton-Seq: 10"],
            HasNot = ["\"entry_id\":2,", "\"entry_id\":4"],
        },
        new("Join_FewerThanWanted_IsWhatIsThere", "GET /stream/log/join?count=2&label=done&timeout=0", 200)
        {
            Given = [Log, A, B],
            Has = ["{\"complete\":false,\"entries\":[{\"entry_id\":1,", "\"next_after\":\"str_", ":2\"}"],
        },
        new("Join_AfterAnother_TakesTheNextOnes", "GET /stream/log/join?count=1&label=done&after=1", 200)
        {
            Given = [Log, A, B, C],
            Has = ["{\"complete\":true,\"entries\":[{\"entry_id\":3,", "\"next_after\":\"str_", ":3\"}"],
        },
        new("Join_Distinct_CountsAValueOnce", "GET /stream/log/join?count=2&distinct=/agent", 200)
        {
            Given = [Log, A, C, B],
            Has = ["\"complete\":true", "\"entry_id\":1,", "\"entry_id\":3,", "\"next_after\":\"str_", ":3\"}"],
            HasNot = ["\"entry_id\":2,"],
        },
        new("Join_DistinctNumbers_AreEqualByValue", "GET /stream/log/join?count=2&distinct=/n&timeout=0", 200)
        {
            Given = [Log, A, B, C],
            Has = ["\"complete\":false", "\"entry_id\":1,"],
            HasNot = ["\"entry_id\":2,", "\"entry_id\":3,"],
        },
        new("Join_DistinctWithoutTheMember_DoesNotCount", "GET /stream/log/join?count=1&distinct=/nobody&timeout=0", 200)
        {
            Given = [Log, A],
            Has = ["{\"complete\":false,\"entries\":[],\"next_after\":\"str_", ":1\"}"],
        },
        new("Join_DistinctByNull_CountsOnce", "GET /stream/log/join?count=2&distinct=/agent&timeout=0&full=true", 200)
        {
            Given = [Log, "POST /stream/log\n\n{\"data\":{\"agent\":null}}", "POST /stream/log\n\n{\"data\":{\"agent\":null}}"],
            Has = ["\"complete\":false", "\"entry_id\":1,", "\"salt\""],
            HasNot = ["\"entry_id\":2,"],
        },
        new("Join_AbsentWithTime_IsNothing", "GET /stream/log/join?count=1&timeout=1", 200)
        {
            Has = ["{\"complete\":false,\"entries\":[],\"next_after\":\"0\"}"],
        },
        new("Join_AbsentWithoutTime_IsNotFound", "GET /stream/log/join?count=1&timeout=0", 404) { Code = "stream.not_found" },
        new("Join_WithoutCount_IsInvalid", "GET /stream/log/join", 400) { Given = [Log], Code = "request.invalid", Has = ["query:count", "is missing"] },
        new("Join_CountOfZero_IsInvalid", "GET /stream/log/join?count=0", 400) { Given = [Log], Code = "request.invalid" },
        new("Join_TimeoutTooLong_IsInvalid", "GET /stream/log/join?count=1&timeout=61", 400) { Given = [Log], Code = "request.invalid" },
        new("Join_DistinctThatIsNoPointer_IsInvalid", "GET /stream/log/join?count=1&distinct=agent", 400)
        {
            Given = [Log],
            Code = "request.invalid",
            Has = ["query:distinct", "such as /agent"],
        },
        new("Join_DistinctByTheWhole_IsInvalid", "GET /stream/log/join?count=1&distinct=", 400)
        {
            Given = [Log],
            Code = "request.invalid",
            Has = ["query:distinct", "such as /agent"],
        },
        new("Join_DistinctAsLongAsItMayBe_IsTaken", $"GET /stream/log/join?count=1&timeout=0&distinct=/{new string('a', 511)}", 200) { Given = [Log] },
        new("Join_DistinctThatIsTooLong_IsInvalid", $"GET /stream/log/join?count=1&distinct=/{new string('a', 512)}", 400)
        {
            Given = [Log],
            Code = "request.invalid",
            Has = ["query:distinct", "512 characters"],
        },
        new("Join_BehindWhatWasPruned_IsTold", "GET /stream/log/join?count=1&after=0", 410) { Given = [Pruning, A, B, C], Code = "stream.cursor_pruned" },
        new("Join_BehindAnEntryOfWhatIsNotThere_IsNotFoundAtOnce", "GET /stream/log/join?count=1&after=1", 404) { Code = "stream.not_found" },
        new("Join_BeyondTheNewest_IsAhead", "GET /stream/log/join?count=1&after=9", 409) { Given = [Log], Code = "cursor.ahead" },
        new("Join_CursorOfAnotherStream_IsAMismatch", "GET /stream/log/join?count=1&after=str_00000000000000000000:1", 409)
        {
            Given = [Log, A],
            Code = "stream.cursor_mismatch",
        },
    ];

    static IEnumerable<Scenario> Lists() =>
    [
        new("ListStreams_None_IsEmpty", "GET /streams", 200) { As = "reader", Has = ["{\"items\":[],\"next_cursor\":null}"] },
        new("ListStreams_ByName_IsThatOneWithItsCounts", "GET /streams?name=log", 200)
        {
            Given = [Pruning, A, B, C, "POST /stream\n\n{\"name\":\"log2\"}"],
            Has = ["\"name\":\"log\"", "\"first_entry\":2,\"last_entry\":3,\"entries\":2", "\"version\":4", "\"next_cursor\":null"],
            HasNot = ["log2"],
        },
        new("ListStreams_ByText_IgnoresCase", "GET /streams?q=OG2", 200)
        {
            Given = [Log, "POST /stream\n\n{\"name\":\"log2\"}"],
            Has = ["\"log2\""],
            HasNot = ["\"log\""],
        },
        new("ListStreams_ByLinkedStash_IsThoseAboutIt", "GET /streams?linked_stash=report", 200)
        {
            Given = [Log, "POST /stream\n\n{\"name\":\"log2\",\"linked_stash\":\"report\"}"],
            Has = ["\"log2\""],
            HasNot = ["\"log\""],
        },
        new("ListStreams_FullPage_HasACursor", "GET /streams?limit=1", 200)
        {
            Given = [Log, "POST /stream\n\n{\"name\":\"log2\"}"],
            Has = ["\"next_cursor\":\"{cursor stream.list log}\""],
            HasNot = ["\"log2\""],
        },
        new("ListStreams_WithoutTheDeleted_ShowsTheOthers", "GET /streams", 200)
        {
            Given = [Log, "POST /stream\n\n{\"name\":\"log2\"}", "DELETE /stream/log"],
            Has = ["\"log2\""],
            HasNot = ["\"log\""],
        },
        new("ListStreams_NameTooLong_IsInvalid", $"GET /streams?name={new string('n', 129)}", 400) { Code = "request.invalid" },
    ];
}
