using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Events;

/// <summary>Every way in which the change feed and the ledger are answered.</summary>
public sealed class FeedScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    internal static IReadOnlyList<Scenario> All { get; } = [.. Events(), .. Ledger(), .. Server()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Feed_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    // A fresh workspace has five entries: workspace.create with its first key (one commit), and three keys more.
    static IEnumerable<Scenario> Events() =>
    [
        new("Events_FromTheStart_ShowEverything", "GET /events", 200)
        {
            As = "reader",
            Given = ["planner> PUT /stash/a\nContent-Type: text/plain\n\nx"],
            Has =
            [
                "{\"items\":[{\"seq\":1,\"commit_seq\":2,", "\"prev_hash\":\"" + new string('0', 64), "\"action\":\"workspace.create\"",
                "\"seq\":6,\"commit_seq\":6,", "\"agent_id\":\"planner\"", "\"resource\":\"stash:a\"", "\"commitment\":\"",
                "\"detail\":{\"content_type\":\"text/plain\",\"size\":1}", "\"next_after\":6", "Baton-Seq: 6",
            ],
            HasNot = ["btn_", "salt", "ETag"],
        },
        new("Events_LimitInsideACommit_GoesToItsEnd", "GET /events?limit=1", 200)
        {
            Has = ["\"seq\":1,", "\"seq\":2,", "\"next_after\":2"],
            HasNot = ["\"seq\":3,"],
        },
        new("Events_LimitInsideACommitWithAFilter_GoesToItsEnd", "GET /events?limit=1&resource=*", 200)
        {
            Has = ["\"seq\":1,", "\"seq\":2,", "\"next_after\":2"],
            HasNot = ["\"seq\":3,"],
        },
        new("Events_AfterASeq_BeginBehindIt", "GET /events?after=5", 200)
        {
            Given = ["PUT /stash/a\n\nx"],
            Has = ["\"seq\":6,", "\"next_after\":6"],
            HasNot = ["\"seq\":5,"],
        },
        new("Events_AfterNow_AreEmpty", "GET /events?after=now", 200) { Has = ["{\"items\":[],\"next_after\":5}"] },
        new("Events_ByResource_ShowThoseAboutIt", "GET /events?resource=stash:market-*", 200)
        {
            Given = ["PUT /stash/market-a\n\nx", "PUT /stash/other\n\nx", "DELETE /stash/market-a"],
            Has = ["stash:market-a", "stash.delete", "\"next_after\":8"],
            HasNot = ["stash:other", "workspace.create"],
        },
        new("Events_ByExactResource_ShowThoseAboutIt", "GET /events?resource=stash:a", 200)
        {
            Given = ["PUT /stash/a\n\nx", "PUT /stash/ab\n\nx"],
            Has = ["\"seq\":6,", "\"next_after\":7"],
            HasNot = ["stash:ab"],
        },
        new("Events_ByAGlobOfManyParts_SayHowManyItMayHave", $"GET /events?resource={new string('*', 9)}&action=*a*b*c*d*e*f*g*h*i", 400)
        {
            Code = "request.invalid",
            Has =
            [
                "`resource` has 9 wildcards, but may have 8", "`action` has 9 wildcards, but may have 8",
            ],
        },
        new("Events_ByAGlobOfAsManyPartsAsItMayHave_AreShown", $"GET /events?resource=*s*t*a*s*h*:*a&action=*.put", 200)
        {
            Given = ["PUT /stash/a\n\nx"],
            Has = ["stash:a", "\"next_after\":6"],
        },
        new("Events_ByAction_ShowThoseActions", "GET /events?action=*.delete", 200)
        {
            Given = ["PUT /stash/a\n\nx", "DELETE /stash/a"],
            Has = ["stash.delete"],
            HasNot = ["stash.put"],
        },
        new("Events_ByAgent_ShowItsEntries", "GET /events?agent_id=planner", 200)
        {
            Given = ["PUT /stash/a\n\nx", "planner> PUT /stash/b\n\nx"],
            Has = ["stash:b"],
            HasNot = ["stash:a", "workspace.create"],
        },
        new("Events_FilterWithoutMatch_StillMovesOn", "GET /events?agent_id=nobody", 200) { Has = ["{\"items\":[],\"next_after\":5}"] },
        new("Events_WaitOfZero_AnswersEmpty", "GET /events?after=5&wait=0", 200) { Has = ["{\"items\":[],\"next_after\":5}"] },
        new("Events_BeyondTheHead_AreRefused", "GET /events?after=6", 409) { Code = "cursor.ahead", Has = ["\"head\":5"] },
        new("Events_StreamBeyondTheHead_IsRefused", "GET /events\nAccept: text/event-stream\nLast-Event-ID: 6", 409) { Code = "cursor.ahead" },
        new("Events_AfterNoNumber_IsInvalid", "GET /events?after=-1", 400) { Code = "request.invalid", Has = ["query:after"] },
        new("Events_EmptyGlob_IsInvalid", "GET /events?resource=&action=", 400) { Code = "request.invalid", Has = ["query:resource", "query:action"] },
        new("Events_WaitTooLong_IsInvalid", "GET /events?wait=61", 400) { Code = "request.invalid" },
        new("Events_MistypedParameter_NamesTheNearest", "GET /events?agent=planner", 400)
        {
            Code = "request.unknown_parameter",
            Has = ["`agent` is not a parameter"],
        },
    ];

    static IEnumerable<Scenario> Ledger() =>
    [
        new("LedgerHead_Fresh_IsTheLastEntry", "GET /ledger/head", 200) { As = "reader", Has = ["{\"seq\":5,\"hash\":\"", "Baton-Seq: 5"] },
        new("LedgerHead_UnknownParameter_IsRefused", "GET /ledger/head?x=1", 400) { Code = "request.unknown_parameter" },
        new("LedgerVerify_Whole_IsIntact", "GET /ledger/verify", 200)
        {
            As = "reader",
            Has = ["{\"intact\":true,\"checked\":5,\"head\":{\"seq\":5,", "\"broken\":[]}"],
        },
        new("LedgerVerify_Part_ChecksThePart", "GET /ledger/verify?from=3&to=4", 200) { Has = ["{\"intact\":true,\"checked\":2,"] },
        new("LedgerVerify_OtherHashThanExpected_NamesTheSeq", $"GET /ledger/verify?expect_seq=3&expect_hash={new string('a', 64)}", 200)
        {
            Has = ["{\"intact\":false,", "\"broken\":[{\"seq\":3,\"reason\":\"unexpected_head\"}]"],
        },
        new("LedgerVerify_ExpectedSeqBeyondTheHead_NamesIt", $"GET /ledger/verify?expect_seq=9&expect_hash={new string('a', 64)}", 200)
        {
            Has = ["{\"intact\":false,", "{\"seq\":9,\"reason\":\"unexpected_head\"}"],
        },
        new("LedgerVerify_HalfAnExpectation_IsInvalid", "GET /ledger/verify?expect_seq=3", 400) { Code = "request.invalid" },
        new("LedgerVerify_ExpectedHashTooShort_IsInvalid", "GET /ledger/verify?expect_seq=3&expect_hash=aa", 400) { Code = "request.invalid" },
        new("LedgerVerify_FromBeyondTheHead_IsRefused", "GET /ledger/verify?from=7", 409) { Code = "cursor.ahead", Has = ["\"head\":5"] },
    ];

    static IEnumerable<Scenario> Server() =>
    [
        new("Info_Nobody_IsTold", "GET /", 200)
        {
            As = "nobody",
            Has = ["{\"name\":\"baton\",\"version\":\"", "/openapi/v1.json"],
            HasNot = ["Server:"],
        },
        new("OpenApi_Nobody_IsTold", "GET /openapi/v1.json", 200) { As = "nobody", Has = ["\"openapi\": \"3.1."] },
        new("OpenApi_KnownAlready_IsNotSentAgain", "GET /openapi/v1.json\nIf-None-Match: *", 304) { As = "nobody" },
        new("Alive_Nobody_IsTold", "GET /healthz", 200) { As = "nobody", Has = ["{\"status\":\"ok\"}"] },
        new("Ready_Nobody_IsTold", "GET /readyz", 200) { As = "nobody", Has = ["{\"status\":\"ok\"}"] },
        new("Ready_UnknownParameter_IsRefused", "GET /readyz?verbose=1", 400) { As = "nobody", Code = "request.unknown_parameter" },
        new("Alive_Head_HasNoBody", "HEAD /healthz", 200) { As = "nobody", HasNot = ["status"] },
        new("Route_Unknown_IsNotFound", "GET /stashs", 404) { As = "nobody", Code = "route.not_found", Has = ["/stashs"] },
        new("Route_OtherMethod_NamesThoseItTakes", "POST /stash/a\n\nx", 405)
        {
            Code = "route.method_not_allowed",
            Has = ["Allow: ", "GET", "HEAD", "PUT", "DELETE"],
        },
        new("Route_OptionsWithoutCors_IsNotAllowed", "OPTIONS /stashes", 405) { As = "nobody", Code = "route.method_not_allowed" },
    ];
}
