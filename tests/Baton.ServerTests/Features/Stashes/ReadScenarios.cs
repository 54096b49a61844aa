using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Stashes;

/// <summary>Every way in which reading stashes is answered.</summary>
public sealed class ReadScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    internal static IReadOnlyList<Scenario> All { get; } = [.. Get(), .. Lists()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Read_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static IEnumerable<Scenario> Get() =>
    [
        new("Get_Present_AnswersBytesAndType", "GET /stash/a", 200)
        {
            As = "reader",
            Given = ["planner> PUT /stash/a?ttl=60\nContent-Type: text/x-notes; v=1\n\nhello"],
            Has =
            [
                "\n\nhello", "Content-Type: text/x-notes; v=1", "ETag: \"1\"", "Baton-Updated-By: planner", "Baton-Updated-At: 20",
                "Baton-Expires-At: 20", "Baton-Seq: ", "X-Content-Type-Options: nosniff", "Content-Security-Policy: sandbox",
            ],
        },
        new("Get_WithoutExpiry_TellsNone", "GET /stash/a", 200)
        {
            Given = ["PUT /stash/a\n\nhello"],
            HasNot = ["Baton-Expires-At"],
        },
        new("Head_Present_AnswersHeadersAlone", "HEAD /stash/a", 200)
        {
            Given = ["PUT /stash/a\nContent-Type: text/plain\n\nhello"],
            Has = ["Content-Length: 5", "Content-Type: text/plain", "ETag: \"1\""],
            HasNot = ["hello"],
        },
        new("Head_Absent_IsNotFound", "HEAD /stash/a", 404),
        new("Get_Absent_IsNotFound", "GET /stash/a", 404) { Code = "stash.not_found", Has = ["Baton-Seq: "] },
        new("Get_Deleted_IsNotFound", "GET /stash/a", 404)
        {
            Given = ["PUT /stash/a\n\nx", "DELETE /stash/a"],
            Code = "stash.not_found",
        },
        new("Get_KnownVersion_IsNotModified", "GET /stash/a\nIf-None-Match: \"2\"", 304)
        {
            Given = ["PUT /stash/a\n\nx", "PUT /stash/a\n\ny"],
            Has = ["ETag: \"2\"", "Baton-Seq: "],
        },
        new("Get_KnownVersionWeakened_IsNotModified", "GET /stash/a\nIf-None-Match: W/\"2\"", 304)
        {
            Given = ["PUT /stash/a\n\none", "PUT /stash/a\n\ntwo"],
        },
        new("Get_AnyKnownVersion_IsNotModified", "GET /stash/a\nIf-None-Match: *", 304)
        {
            Given = ["PUT /stash/a\n\none"],
        },
        new("Get_OlderKnownVersion_AnswersTheNewest", "GET /stash/a\nIf-None-Match: \"1\"", 200)
        {
            Given = ["PUT /stash/a\n\nx", "PUT /stash/a\n\ny"],
            Has = ["\n\ny"],
        },
        .. new[] { "\"7-gzip\"", "\"abc\"", "\"1\", \"7\"", "W/\"abc\", \"x\"" }.Select((tag, index) =>
            new Scenario($"Get_ForeignTag{index}_AnswersTheWhole", $"GET /stash/a\nIf-None-Match: {tag}", 200)
            {
                Given = ["PUT /stash/a\n\nx"],
                Has = ["\n\nx", "Cache-Control: no-cache, private"],
            }),
        new("Get_TagOfACompressedAnswer_IsNotModified", "GET /stash/a\nIf-None-Match: \"1-gzip\"", 304)
        {
            Given = ["PUT /stash/a\n\nx"],
            Has = ["ETag: \"1\"", "Cache-Control: no-cache, private"],
        },
        new("Get_UnquotedTag_IsInvalidHeader", "GET /stash/a\nIf-None-Match: 2", 400)
        {
            Given = ["PUT /stash/a\n\nx"],
            Code = "request.invalid_header",
        },
        new("Get_OlderVersion_AnswersIt", "GET /stash/a?version=1", 200)
        {
            Given = ["planner> PUT /stash/a\nContent-Type: text/one\n\nx", "PUT /stash/a\nContent-Type: text/two\n\ny"],
            Has = ["\n\nx", "ETag: \"1\"", "Content-Type: text/one", "Baton-Updated-By: planner"],
        },
        new("Get_VersionNotThere_IsNotFound", "GET /stash/a?version=3", 404)
        {
            Given = ["PUT /stash/a\n\nx", "PUT /stash/a\n\ny"],
            Code = "stash.version_not_found",
        },
        new("Get_VersionFromBeforeADeletion_IsNotFound", "GET /stash/a?version=1", 404)
        {
            Given = ["PUT /stash/a\n\nx", "DELETE /stash/a", "PUT /stash/a\n\ny"],
            Code = "stash.version_not_found",
            HasNot = ["\n\nx"],
        },
        new("Get_EleventhVersionBack_IsNotKept", "GET /stash/a?version=1", 404)
        {
            Given = [.. Enumerable.Repeat("PUT /stash/a\n\nx", 11)],
            Code = "stash.version_not_found",
        },
        new("Get_TenthVersionBack_IsKept", "GET /stash/a?version=2", 200) { Given = [.. Enumerable.Repeat("PUT /stash/a\n\nx", 11)] },
        new("Get_VersionWithWait_IsInvalid", "GET /stash/a?version=1&wait=1", 400) { Code = "request.invalid" },
        new("Get_AfterVersionWithoutWait_IsInvalid", "GET /stash/a?after_version=1", 400) { Code = "request.invalid" },
        new("Get_AfterWithoutStream_IsInvalid", "GET /stash/a?after=1", 400) { Code = "request.invalid", Has = ["after_version"] },
        new("Get_WaitTooLong_IsInvalid", "GET /stash/a?wait=61", 400) { Code = "request.invalid", Has = ["from 0 to 60"] },
        new("Get_WaitAfterAVersionThatWasDeletedSince_IsNotFound", "GET /stash/a?wait=60&after_version=1", 404)
        {
            Given = ["PUT /stash/a\n\n1", "DELETE /stash/a"],
            Code = "stash.not_found",
        },
        new("Get_WaitAfterTheDeletionItself_IsForTheNext", "GET /stash/a?wait=0&after_version=2", 204)
        {
            Given = ["PUT /stash/a\n\n1", "DELETE /stash/a"],
        },
        new("Get_WaitOfZeroForALaterVersion_TellsTheTimeIsOver", "GET /stash/a?wait=0&after_version=1", 204)
        {
            Given = ["PUT /stash/a\n\nx"],
            Has = ["ETag: \"1\"", "Baton-Seq: "],
        },
        new("Get_WaitOfZeroForTheAbsent_TellsTheTimeIsOver", "GET /stash/a?wait=0", 204) { HasNot = ["ETag"] },
        new("Get_WaitForWhatIsThere_AnswersAtOnce", "GET /stash/a?wait=60", 200)
        {
            Given = ["PUT /stash/a\n\nx"],
            Has = ["\n\nx"],
        },
        new("Get_WaitWithKnownVersion_IsNotModified", "GET /stash/a?wait=60\nIf-None-Match: \"1\"", 304) { Given = ["PUT /stash/a\n\nx"] },
        new("Get_BadName_IsInvalid", "GET /stash/str_x", 400) { Code = "request.invalid" },
        new("Get_StreamFromAheadOfTheHead_IsRefused", "GET /stash/a\nAccept: text/event-stream\nLast-Event-ID: 99", 409)
        {
            Code = "cursor.ahead",
            Has = ["\"head\":"],
        },
        new("Get_StreamFromNoNumber_IsInvalid", "GET /stash/a?after=x\nAccept: text/event-stream", 400) { Code = "request.invalid" },
        new("Get_IdempotencyKey_IsRefused", "GET /stash/a\nIdempotency-Key: k", 400) { Code = "request.idempotency_not_supported" },
    ];

    static IEnumerable<Scenario> Lists() =>
    [
        new("Versions_Present_AreListedNewestFirst", "GET /stash/a/versions", 200)
        {
            As = "reader",
            Given = ["PUT /stash/s\n\n1", "PUT /stash/a\n\nx", "planner> PUT /stash/a\nBaton-Model: m-1\nBaton-Sources: stash:s\n\nxyz"],
            Has =
            [
                "{\"items\":[{\"version\":2,\"size\":3,", "\"model\":\"m-1\"", "\"sources\":[\"stash:s@1\"]", "\"updated_by\":\"planner\"",
                "{\"version\":1,\"size\":1,", "\"salt\":\"", "\"next_cursor\":null", "Baton-Seq: ",
            ],
            HasNot = ["ETag", "\"version\":3"],
        },
        new("Versions_Absent_IsNotFound", "GET /stash/a/versions", 404) { Code = "stash.not_found" },
        new("Versions_AfterReCreation_ShowNothingFromBefore", "GET /stash/a/versions", 200)
        {
            Given = ["PUT /stash/a\n\nx", "DELETE /stash/a", "PUT /stash/a\n\ny"],
            Has = ["\"version\":3"],
            HasNot = ["\"version\":1", "\"version\":2"],
        },
        new("Versions_UnknownParameter_IsRefused", "GET /stash/a/versions?limit=3", 400) { Code = "request.unknown_parameter" },
        new("Versions_BadName_IsInvalid", "GET /stash/a%25/versions", 400) { Code = "request.invalid" },
        new("Lineage_BothDirections_IsTold", "GET /stash/b/lineage", 200)
        {
            As = "reader",
            Given =
            [
                "PUT /stash/a\n\n1", "planner> PUT /stash/b\nBaton-Model: m-1\nBaton-Sources: stash:a\n\n1",
                "PUT /stash/c\nBaton-Sources: stash:b@1\n\n1",
            ],
            Has =
            [
                "{\"source\":\"stash:a@1\",\"target\":\"stash:b@1\"}", "{\"source\":\"stash:b@1\",\"target\":\"stash:c@1\"}",
                "\"by\":\"planner\",\"model\":\"m-1\"", "\"truncated\":false",
            ],
        },
        new("Lineage_BeyondTheDepth_IsTruncated", "GET /stash/d/lineage?depth=2", 200)
        {
            Given =
            [
                "PUT /stash/a\n\n1", "PUT /stash/b\nBaton-Sources: stash:a\n\n1", "PUT /stash/c\nBaton-Sources: stash:b\n\n1",
                "PUT /stash/d\nBaton-Sources: stash:c\n\n1",
            ],
            Has = ["stash:b@1", "\"truncated\":true"],
            HasNot = ["stash:a@1"],
        },
        new("Lineage_ExactlyTheDepth_IsWhole", "GET /stash/a/lineage?depth=2", 200)
        {
            Given =
            [
                "PUT /stash/a\n\n1", "PUT /stash/b\nBaton-Sources: stash:a\n\n1", "PUT /stash/c\nBaton-Sources: stash:b\n\n1",
            ],
            Has = ["stash:c@1", "\"truncated\":false"],
        },
        new("Lineage_OfItself_Ends", "GET /stash/a/lineage?depth=10", 200)
        {
            Given = ["PUT /stash/a\n\n1", "PUT /stash/a\nBaton-Sources: stash:a\n\n2"],
            Has = ["{\"source\":\"stash:a@1\",\"target\":\"stash:a@2\"}", "\"truncated\":false"],
        },
        new("Lineage_EdgesOutliveTheirSource", "GET /stash/b/lineage", 200)
        {
            Given = ["PUT /stash/a\n\n1", "PUT /stash/b\nBaton-Sources: stash:a\n\n1", "DELETE /stash/a"],
            Has = ["{\"source\":\"stash:a@1\",\"target\":\"stash:b@1\"}"],
        },
        new("Lineage_Absent_IsNotFound", "GET /stash/a/lineage", 404) { Code = "stash.not_found" },
        new("Lineage_DepthTooLarge_IsInvalid", "GET /stash/a/lineage?depth=11", 400) { Code = "request.invalid" },
        new("List_None_IsEmpty", "GET /stashes", 200) { As = "reader", Has = ["{\"items\":[],\"next_cursor\":null}"], HasNot = ["ETag"] },
        new("List_ByPrefix_ShowsThoseThatBeginSo", "GET /stashes?prefix=market-", 200)
        {
            Given = ["PUT /stash/market\n\n1", "PUT /stash/market-a\n\n1", "PUT /stash/market-b\n\n1", "PUT /stash/market.c\n\n1"],
            Has = ["\"market-a\"", "\"market-b\"", "\"next_cursor\":null"],
            HasNot = ["\"market\"", "\"market.c\""],
        },
        new("List_ByText_IgnoresCase", "GET /stashes?q=REPORT", 200)
        {
            Given = ["PUT /stash/a-Report-1\n\n1", "PUT /stash/repor\n\n1"],
            Has = ["\"a-Report-1\""],
            HasNot = ["\"repor\""],
        },
        new("List_PrefixBeyondAscii_IsEmpty", "GET /stashes?prefix=%C3%A9", 200)
        {
            Given = ["PUT /stash/zz\n\n1"],
            Has = ["{\"items\":[],\"next_cursor\":null}"],
        },
        new("List_WithoutTheDeleted_ShowsTheOthers", "GET /stashes?limit=1", 200)
        {
            Given = ["PUT /stash/a\n\n1", "PUT /stash/b\n\n1", "DELETE /stash/a"],
            Has = ["\"b\""],
            HasNot = ["\"a\""],
        },
        new("List_LimitOfZero_IsInvalid", "GET /stashes?limit=0", 400) { Code = "request.invalid" },
        new("List_LimitTooLarge_IsInvalid", "GET /stashes?limit=1001", 400) { Code = "request.invalid" },
        new("List_EmptyCursor_IsInvalid", "GET /stashes?cursor=", 400) { Code = "request.invalid", Has = ["query:cursor"] },
        new("List_PrefixTooLong_IsInvalid", $"GET /stashes?prefix={new string('p', 129)}", 400) { Code = "request.invalid" },
        new("List_MistypedParameters_NamesThemAll", "GET /stashes?prefx=a&limt=3", 400)
        {
            Code = "request.unknown_parameter",
            Has = ["did you mean `prefix`?", "did you mean `limit`?"],
        },
    ];
}
