using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store.Claims;

/// <summary>Every way in which claims are answered. Claims that have to be held first have tests of their own.</summary>
public sealed class ClaimScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Pending = """{"match":{"/status":"pending"},"set":{"/status":"processing"},"lease_seconds":60}""";

    internal static IReadOnlyList<Scenario> All { get; } = [.. Claims(), .. Refused(), .. Ends()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Claim_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static IEnumerable<Scenario> Claims() =>
    [
        new("Claim_OldestThatMatches_IsGiven", $"POST /store/jobs/claim\nBaton-Agent: worker\n\n{Pending}", 200)
        {
            Given = [Task("b", "pending"), Task("a", "pending"), Task("c", "done")],
            Has =
            [
                "\"key\":\"b\",\"version\":2", "\"value\":{\"status\":\"processing\",\"n\":1.50}", "\"claim_id\":\"clm_",
                "\"fence\":9", "\"lease_until\":\"", "\"updated_by\":\"worker\"", "\"seq\":9}],\"seq\":9}", "Baton-Seq: 9",
            ],
            HasNot = ["\"key\":\"a\"", "\"key\":\"c\"", "ETag"],
            Ledger = ["store.claim store:jobs/b v2 by worker"],
        },
        new("Claim_OfSeveral_GivesThemByCreation", "POST /store/jobs/claim\n\n" + Pending.Replace("60}", "60,\"limit\":2}", StringComparison.Ordinal), 200)
        {
            Given = [Task("b", "pending"), Task("a", "pending"), Task("c", "pending"), Task("b", "pending")],
            Has = ["\"fence\":10,", "\"key\":\"b\",\"version\":3", "\"fence\":11,", "\"key\":\"a\",\"version\":2"],
            HasNot = ["\"key\":\"c\""],
            Ledger = ["store.claim store:jobs/b v3", "store.claim store:jobs/a v2"],
        },
        new("Claim_WithPrefix_LooksAtThoseKeysAlone", """
            POST /store/jobs/claim

            {"prefix":"task:","match":{"/status":"pending"},"lease_seconds":60,"limit":100}
            """, 200)
        {
            Given = [Task("meta", "pending"), Task("task:1", "pending"), Task("task", "pending")],
            Has = ["\"key\":\"task:1\"", "\"status\":\"pending\""],
            HasNot = ["\"key\":\"meta\"", "\"key\":\"task\""],
            Ledger = ["store.claim store:jobs/task:1 v2"],
        },
        new("Claim_BySeveralScalars_ComparesNumbersByValue", """
            POST /store/jobs/claim

            {"match":{"/n":15e-1,"/status":"pending","/a~1b/0":null},"lease_seconds":60,"limit":9}
            """, 200)
        {
            Given =
            [
                Task("a", "pending"), Put("b", """{"status":"pending","n":1.5,"a/b":[null]}"""), Put("c", """{"status":"pending","n":"1.5","a/b":[null]}"""),
                Put("d", """{"status":"pending","n":1.5,"a/b":[false]}"""), Put("e", """{"status":"pending","n":1.5,"a/b":[]}"""),
                Put("f", """{"status":["pending"],"n":1.5,"a/b":[null]}"""), Put("g", "5"),
            ],
            Has = ["\"key\":\"b\""],
            HasNot = ["\"key\":\"a\"", "\"key\":\"c\"", "\"key\":\"d\"", "\"key\":\"e\"", "\"key\":\"f\""],
            Ledger = ["store.claim store:jobs/b v2"],
        },
        new("Claim_OfAnything_GivesTheOldest", "POST /store/jobs/claim\n\n{\"lease_seconds\":1}", 200)
        {
            Given = [Put("z", "1"), Put("a", "2")],
            Has = ["\"key\":\"z\"", "\"value\":1"],
            Ledger = ["store.claim store:jobs/z v2"],
        },
        new("Claim_OfNothing_IsEmptyAndChangesNothing", $"POST /store/jobs/claim\n\n{Pending}", 200)
        {
            Given = [Task("a", "done")],
            Has = ["{\"items\":[],\"seq\":6}", "Baton-Seq: 6"],
        },
        new("Claim_InANamespaceThatNeverWas_IsEmpty", $"POST /store/nowhere/claim\n\n{Pending}", 200)
        {
            Has = ["{\"items\":[],\"seq\":5}"],
        },
        new("Claim_OfWhatIsClaimed_IsEmpty", "POST /store/jobs/claim\n\n{\"lease_seconds\":60}", 200)
        {
            Given = [Task("a", "pending"), "POST /store/jobs/claim\n\n{\"lease_seconds\":60}"],
            Has = ["{\"items\":[]"],
        },
        new("Claim_OfDeletedAndCleared_IsEmpty", $"POST /store/jobs/claim\n\n{Pending}", 200)
        {
            Given =
            [
                Task("a", "pending"), $"POST /store/jobs/claim\n\n{Pending}", Task("b", "pending"), Task("c", "pending"), "DELETE /store/jobs/b",
                "POST /store/jobs/clear",
            ],
            Has = ["{\"items\":[]"],
        },
        new("Claim_MadeAfterAClear_IsGiven", $"POST /store/jobs/claim\n\n{Pending}", 200)
        {
            Given = [Task("a", "pending"), $"POST /store/jobs/claim\n\n{Pending}", Task("b", "pending"), "POST /store/jobs/clear", Task("b", "pending")],
            Has = ["\"key\":\"b\",\"version\":4"],
            Ledger = ["store.claim store:jobs/b v4"],
        },
        new("Claim_OfWhatBulkAndTransactionsWrote_IsGiven", $"POST /store/jobs/claim\n\n{Pending.Replace("60}", "60,\"limit\":5}", StringComparison.Ordinal)}", 200)
        {
            Given =
            [
                $"POST /store/jobs/claim\n\n{Pending}", Task("seen", "done"), $"POST /store/jobs/claim\n\n{Pending}",
                """POST /store/jobs""" + "\n\n" + """{"set":{"x":{"status":"pending"},"y":{"status":"done"}}}""",
                "POST /transaction\n\n" + """{"operations":[{"op":"store.patch","namespace":"jobs","key":"seen","set":{"/status":"pending"}}]}""",
            ],
            Has = ["\"key\":\"seen\"", "\"key\":\"x\""],
            HasNot = ["\"key\":\"y\""],
            Ledger = ["store.claim store:jobs/seen v3", "store.claim store:jobs/x v2"],
        },
        new("Claim_WithIdempotencyKey_IsGivenOnce", $"POST /store/jobs/claim\nIdempotency-Key: one\n\n{Pending}", 200)
        {
            Given = [Task("a", "pending"), Task("b", "pending"), $"POST /store/jobs/claim\nIdempotency-Key: one\n\n{Pending}"],
            Has = ["\"key\":\"a\"", "Idempotency-Replayed: true"],
            HasNot = ["\"key\":\"b\""],
        },
        new("Claimed_ReadInFull_TellsWhoWorksOnIt", "GET /store/jobs/a?full=true", 200)
        {
            Given = [Task("a", "pending"), $"POST /store/jobs/claim\nBaton-Agent: worker\n\n{Pending}"],
            Has = ["\"claim\":{\"claimed_by\":\"worker\",\"claimed_at\":\"", "\"fence\":7", "\"lease_until\":\""],
            HasNot = ["clm_"],
        },
        new("Claimed_WrittenPlainly_IsWrittenAndStaysClaimed", "GET /store/jobs/a?full=true", 200)
        {
            Given = [Task("a", "pending"), $"POST /store/jobs/claim\nBaton-Agent: worker\n\n{Pending}", Task("a", "pending")],
            Has = ["\"claim\":{\"claimed_by\":\"worker\"", "\"version\":3"],
        },
    ];

    static IEnumerable<Scenario> Refused() =>
    [
        new("Claim_BadFields_AreAllNamed", """
            POST /store/jobs/claim

            {"match":{"status":"x","/a":{},"/b":[1]},"set":{"":1,"/a":1,"/a/b":2},"lease_seconds":0,"limit":101,"wait":61}
            """, 400)
        {
            Code = "request.invalid",
            Has =
            [
                "\"pointer\":\"/match/status\"", "\"pointer\":\"/match/~1a\"", "\"pointer\":\"/match/~1b\"", "\"pointer\":\"/set/\"", "\"pointer\":\"/set/~1a~1b\"",
                "\"pointer\":\"/lease_seconds\"", "\"pointer\":\"/limit\"", "\"pointer\":\"/wait\"",
            ],
        },
        new("Claim_TooManyPointers_IsInvalid", $$"""
            POST /store/jobs/claim

            {"match":{{{string.Join(',', Enumerable.Range(0, 9).Select(number => $"\"/{number}\":1"))}}},"lease_seconds":9}
            """, 400)
        {
            Code = "request.invalid",
            Has = ["There are 9 pointers"],
        },
        new("Claim_WithoutLease_IsInvalid", "POST /store/jobs/claim\n\n{}", 400) { Code = "request.invalid_json", Has = ["lease_seconds"] },
        new("Claim_Mistyped_NamesTheNearest", "POST /store/jobs/claim\n\n{\"lease_secnds\":1}", 400)
        {
            Code = "request.invalid_json",
            Has = ["did you mean \\\"lease_seconds\\\"?"],
        },
        new("Claim_SetWhereNothingIs_NamesTheRecord", """
            POST /store/jobs/claim

            {"set":{"/a/b":1},"lease_seconds":60}
            """, 409)
        {
            Given = [Task("a", "pending")],
            Code = "store.type_mismatch",
            Has = ["store:jobs/a cannot be claimed so"],
        },
        new("Claim_SetOverTheLimit_IsTooLarge", $$"""
            POST /store/jobs/claim

            {"set":{"/a":"{{new string('x', 2000)}}"},"lease_seconds":60}
            """, 413)
        {
            Given = [Task("a", "pending")],
            Code = "store.too_large",
        },
        new("Claim_GrowingAFullWorkspace_IsRefused", $$"""
            POST /store/jobs/claim

            {"set":{"/a":"{{new string('x', 500)}}"},"lease_seconds":60}
            """, 409)
        {
            Given = [Task("a", "pending"), Put("b", Kilobytes), Put("c", Kilobytes), "PUT /stash/d\n\n" + new string('x', 900)],
            Code = "workspace.full",
        },
        new("Claim_ByANinthShape_IsRefused", "POST /store/jobs/claim\n\n{\"match\":{\"/i\":1},\"lease_seconds\":60}", 409)
        {
            Given = [Task("a", "pending"), .. "abcdefgh".Select(name => $$$"""POST /store/jobs/claim{{{"\n\n"}}}{"match":{"/{{{name}}}":1},"lease_seconds":60}""")],
            Code = "store.too_many_shapes",
            Has = ["8 combinations"],
        },
        new("Claim_ByAReader_IsRefused", $"POST /store/jobs/claim\n\n{Pending}", 403)
        {
            As = "reader",
            Code = "access.denied",
            Ledger = ["store.claim store:jobs/ refused access.denied"],
        },
    ];

    static IEnumerable<Scenario> Ends() =>
    [
        new("Complete_Held_Completes", """
            POST /claim/{claim}/complete
            Baton-Agent: worker

            {"set":{"/status":"complete"},"increment":{"key":"meta","pointer":"/n","by":2}}
            """, 200)
        {
            Given = [Put("meta", "{}"), .. Claimed],
            Has = ["\"key\":\"a\",\"version\":3", "\"value\":{\"status\":\"complete\",\"n\":1.50}", "\"counter\":{\"key\":\"meta\",\"version\":2,\"value\":{\"n\":2}}", "ETag: \"3\""],
            Ledger = ["store.complete store:jobs/a v3 by worker", "store.patch store:jobs/meta v2 by worker"],
        },
        new("Complete_WhereNothingCanBeSet_IsAMismatch", "POST /claim/{claim}/complete\n\n{\"set\":{\"/no/where\":1}}", 409)
        {
            Given = Claimed,
            Code = "store.type_mismatch",
        },
        new("Complete_WithAnAbsentCounter_IsNotFound", "POST /claim/{claim}/complete\n\n{\"increment\":{\"key\":\"no\",\"pointer\":\"\",\"by\":1}}", 404)
        {
            Given = Claimed,
            Code = "store.not_found",
            Has = ["store:jobs/no"],
        },
        new("Complete_OverTheLimit_IsTooLarge", $$$"""POST /claim/{claim}/complete{{{"\n\n"}}}{"set":{"/r":"{{{new string('x', 1980)}}}"}}""", 413)
        {
            Given = Claimed,
            Code = "store.too_large",
        },
        new("Complete_GrowingAFullWorkspace_IsRefused", $$$"""POST /claim/{claim}/complete{{{"\n\n"}}}{"set":{"/r":"{{{new string('x', 500)}}}"}}""", 409)
        {
            Given = [.. Claimed, Put("b", Kilobytes), Put("c", Kilobytes), "PUT /stash/d\n\n" + new string('x', 900)],
            Code = "workspace.full",
        },
        new("Release_Held_GivesBack", "POST /claim/{claim}/release", 200)
        {
            Given = Claimed,
            Has = ["\"value\":{\"status\":\"pending\",\"n\":1.50}", "\"version\":3"],
            Ledger = ["store.release store:jobs/a v3"],
        },
        new("Release_InAFullWorkspace_GivesBackAllTheSame", "POST /claim/{claim}/release", 200)
        {
            Given = [Put("a", "{\"text\":\"" + new string('x', 1500) + "\"}"), "POST /store/jobs/claim\n\n{\"set\":{\"/text\":\"\"},\"lease_seconds\":60}", Put("b", Kilobytes), Put("c", '"' + new string('x', 1500) + '"')],
            Has = ["\"size\":1511"],
            Ledger = ["store.release store:jobs/a v3"],
        },
        new("Renew_Held_HoldsItLonger", "POST /claim/{claim}/renew\n\n{\"lease_seconds\":604800}", 200)
        {
            Given = Claimed,
            Has = ["\"claim_id\":\"{claim}\",\"fence\":7,\"lease_until\":\""],
            HasNot = ["Baton-Seq"],
        },
        new("Complete_OfNoClaim_IsLost", "POST /claim/clm_0/complete\n\n{}", 409) { Code = "store.lease_lost", Has = ["clm_0 is held no more"] },
        new("Release_OfNoClaim_IsLost", "POST /claim/clm_0/release", 409) { Code = "store.lease_lost" },
        new("Renew_OfNoClaim_IsLost", "POST /claim/clm_0/renew\n\n{\"lease_seconds\":1}", 409) { Code = "store.lease_lost" },
        new("Renew_ForTooLong_IsInvalid", "POST /claim/clm_0/renew\n\n{\"lease_seconds\":604801}", 400)
        {
            Code = "request.invalid",
            Has = ["\"pointer\":\"/lease_seconds\""],
        },
        new("Complete_BadFields_AreAllNamed", """
            POST /claim/clm_0/complete

            {"set":{"a":1},"increment":{"key":"","pointer":"n","by":"x"}}
            """, 400)
        {
            Code = "request.invalid",
            Has = ["\"pointer\":\"/set/a\"", "\"pointer\":\"/increment/key\"", "\"pointer\":\"/increment\""],
        },
    ];

    static string[] Claimed => [Task("a", "pending"), $"POST /store/jobs/claim\n\n{Pending}"];

    static string Kilobytes => '"' + new string('x', 1900) + '"';

    static string Task(string key, string status) => Put(key, $$"""{"status":"{{status}}","n":1.50}""");

    static string Put(string key, string json) => $"PUT /store/jobs/{key}\nContent-Type: application/json\n\n{json}";
}
