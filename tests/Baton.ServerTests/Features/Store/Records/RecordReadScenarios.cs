using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store.Records;

/// <summary>Every way in which reading records is answered, in namespaces and in the state of agents.</summary>
public sealed class RecordReadScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Json = "Content-Type: application/json\n\n";

    internal static IReadOnlyList<Scenario> All { get; } =
        [.. Of("Store", "/store/n", "store.list/n"), .. Of("State", "/state/planner", "state.list/\u0001planner"), .. Namespaces(), .. Search()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Read_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static IEnumerable<Scenario> Of(string space, string root, string list) => [.. Get(space, root), .. Lists(space, root, list)];

    static IEnumerable<Scenario> Get(string space, string root) =>
    [
        new($"{space}Get_Present_AnswersItsBytes", $"GET {root}/a/b", 200)
        {
            As = "reader",
            Given = [$"agent> PUT {root}/a%2Fb?ttl=60\n{Json} {{ \"z\": 1.10, \"a\": 12345678901234567890, \"e\": \"\\u00e9\" }}\n"],
            Has =
            [
                "\n\n { \"z\": 1.10, \"a\": 12345678901234567890, \"e\": \"\\u00e9\" }\n", "Content-Type: application/json", "ETag: \"1\"",
                "Baton-Seq: ", "Baton-Updated-By: {agent_id}", "Baton-Expires-At: 20", "X-Content-Type-Options: nosniff",
            ],
        },
        new($"{space}Get_Full_AnswersTheRecord", $"GET {root}/a?full=true", 200)
        {
            Given = [$"PUT {root}/a?metadata=%7B%22m%22:1%7D\n{Json}[1.0, \"\\u0041\"]"],
            Has = ["\"key\":\"a\"", "\"version\":1", "\"value\":[1.0, \"\\u0041\"]", "\"metadata\":{\"m\":1}", "\"salt\":\"", "\"expires_at\":null"],
        },
        new($"{space}Get_StoredNull_IsAValue", $"GET {root}/a", 200) { Given = [$"PUT {root}/a\n{Json}null"], Has = ["\n\nnull"] },
        new($"{space}Get_KeyInTheQuery_IsTheSame", $"GET {root}?key=a/../b", 200) { Given = [$"PUT {root}?key=a%2F..%2Fb\n{Json}1"], Has = ["\n\n1"] },
        new($"{space}Head_Present_AnswersHeadersAlone", $"HEAD {root}/a", 200) { Given = [$"PUT {root}/a\n{Json}123"], Has = ["Content-Length: 3"] },
        new($"{space}Get_Absent_IsNotFound", $"GET {root}/a", 404) { Code = "store.not_found", Has = ["Baton-Seq: "] },
        new($"{space}Get_Deleted_IsNotFound", $"GET {root}/a", 404) { Given = [$"PUT {root}/a\n{Json}1", $"DELETE {root}/a"], Code = "store.not_found" },
        new($"{space}Get_Cleared_IsNotFound", $"GET {root}/a", 404) { Given = [$"PUT {root}/a\n{Json}1", $"POST {root}/clear"], Code = "store.not_found" },
        new($"{space}Get_KnownVersion_IsNotModified", $"GET {root}/a\nIf-None-Match: \"1\"", 304) { Given = [$"PUT {root}/a\n{Json}1"], Has = ["ETag: \"1\""] },
        new($"{space}Get_WaitingAfterAVersionThatWasDeletedSince_IsNotFound", $"GET {root}/a?wait=60&after_version=1", 404)
        {
            Given = [$"PUT {root}/a\n{Json}1", $"DELETE {root}/a"],
            Code = "store.not_found",
        },
        new($"{space}Get_WaitingAfterTheDeletionItself_IsForTheNext", $"GET {root}/a?wait=0&after_version=2", 204)
        {
            Given = [$"PUT {root}/a\n{Json}1", $"DELETE {root}/a"],
        },
        new($"{space}Get_WaitingInVain_IsNoContent", $"GET {root}/a?wait=0&after_version=1", 204) { Given = [$"PUT {root}/a\n{Json}1"], Has = ["ETag: \"1\""] },
        new($"{space}Get_AfterVersionWithoutWait_IsInvalid", $"GET {root}/a?after_version=1&after=1&full=maybe", 400)
        {
            Code = "request.invalid",
            Has = ["query:after_version", "query:after", "query:full"],
        },
        new($"{space}Get_CursorBeyondTheHead_IsAhead", $"GET {root}/a?after=999999\nAccept: text/event-stream", 409) { Code = "cursor.ahead" },
        new($"{space}GetMany_SomeThere_TellsBoth", $"POST {root}/get\n\n" + """{"keys":["b","no","a","b"]}""", 200)
        {
            As = "reader",
            Given = [$"PUT {root}/a\n{Json}1.0", $"PUT {root}/b\n\n{{ \"x\":null}}", $"PUT {root}/no\n{Json}1", $"DELETE {root}/no"],
            Has = ["{\"values\":{\"b\":{ \"x\":null},\"a\":1.0},\"missing\":[\"no\"]}", "Baton-Seq: "],
        },
        new($"{space}GetMany_NoKeys_IsInvalid", $"POST {root}/get\n\n" + """{"keys":[]}""", 400) { Code = "request.invalid" },
        new($"{space}GetMany_TooMany_IsInvalid", $"POST {root}/get\n\n" + $"{{\"keys\":[{string.Join(',', Enumerable.Repeat("\"a\"", 1001))}]}}", 400)
        {
            Code = "request.invalid",
            Has = ["1001 keys"],
        },
        new($"{space}GetMany_NullAsAKey_IsInvalid", $"POST {root}/get\n\n" + """{"keys":["a",null]}""", 400)
        {
            Code = "request.invalid",
            Has = ["\"/keys/1\""],
        },
        new($"{space}GetMany_BadKey_IsInvalid", $"POST {root}/get\n\n" + """{"keys":["a",""]}""", 400) { Code = "request.invalid", Has = ["\"/keys/1\""] },
    ];

    static IEnumerable<Scenario> Lists(string space, string root, string list) =>
    [
        new($"{space}List_Prefix_AnswersInOrderOfBytes", $"GET {root}?prefix=k", 200)
        {
            Given =
            [
                $"PUT {root}/k%F0%9F%98%80\n{Json}1", $"PUT {root}/k%EF%BF%BD\n{Json}1", $"PUT {root}/kB\n{Json} 1.0", $"PUT {root}/l\n{Json}1", $"PUT {root}/j\n{Json}1",
                $"PUT {root}/ka\n{Json}1", $"DELETE {root}/ka",
            ],
            Has = ["\"key\":\"kB\",\"version\":1,\"size\":4,", "\"value\": 1.0},{\"key\":\"k\uFFFD\"", "\"next_cursor\":null"],
            HasNot = ["\"key\":\"l\"", "\"key\":\"j\"", "\"key\":\"ka\""],
        },
        new($"{space}List_WithoutValues_LeavesThemOut", $"GET {root}?values=false&limit=1", 200)
        {
            Given = [$"PUT {root}/a%20b\n{Json}1", $"PUT {root}/c\n{Json}1"],
            Has = ["\"key\":\"a b\"", $"\"next_cursor\":\"{{cursor {list} a b}}\"", "\"size\":1"],
            HasNot = ["\"value\""],
        },
        new($"{space}List_Cursor_GoesOn", $"GET {root}?cursor={{cursor {list} a b}}", 200)
        {
            Given = [$"PUT {root}/a%20b\n{Json}1", $"PUT {root}/c\n{Json}1"],
            Has = ["\"key\":\"c\"", "\"next_cursor\":null"],
            HasNot = ["\"key\":\"a b\""],
        },
        new($"{space}List_NeverThere_IsEmpty", $"GET {root}", 200) { Has = ["{\"items\":[],\"next_cursor\":null}"] },
        new($"{space}List_Cleared_IsEmpty", $"GET {root}", 200) { Given = [$"PUT {root}/a\n{Json}1", $"POST {root}/clear"], Has = ["{\"items\":[],\"next_cursor\":null}"] },
        new($"{space}List_AsLines_HasOneForEach", $"GET {root}?prefix=a\nAccept: application/x-ndjson", 200)
        {
            Given = [$"PUT {root}/a\n{Json}[1,\n 2]", $"PUT {root}/aa\n{Json}null", $"PUT {root}/b\n{Json}1"],
            Has = ["Content-Type: application/x-ndjson", "\"value\":[1,  2]}\n{\"key\":\"aa\"", "\"value\":null}\n", "Baton-Seq: "],
            HasNot = ["\"key\":\"b\""],
        },
        new($"{space}List_BadText_IsInvalid", $"GET {root}?prefix=%01&cursor=%0A&values=1", 400)
        {
            Code = "request.invalid",
            Has = ["query:prefix", "query:cursor", "query:values"],
        },
        new($"{space}List_WaitWithoutAfter_IsInvalid", $"GET {root}?wait=1", 400) { Code = "request.invalid", Has = ["query:wait"] },
        new($"{space}Watch_After_TellsEveryChange", $"GET {root}?after=0&prefix=a&wait=1", 200)
        {
            Given =
            [
                $"PUT {root}/a\n{Json}1", $"PUT {root}/a\n{Json}2", $"PUT {root}/b\n{Json}2", $"PATCH {root}/a\n\n{{\"increment\":{{\"\":1}}}}",
                $"DELETE {root}/a", $"POST {root}/clear", $"PUT {root}2/a\n{Json}2",
            ],
            Has =
            [
                "{\"items\":[{\"key\":\"a\",\"op\":\"set\",\"version\":1,\"seq\":", "{\"key\":\"a\",\"op\":\"set\",\"version\":2,",
                "{\"key\":\"a\",\"op\":\"patch\",\"version\":3,", "{\"key\":\"a\",\"op\":\"delete\",\"version\":4,",
                "{\"key\":null,\"op\":\"clear\",\"version\":null,", "\"next_after\":",
            ],
            HasNot = ["\"key\":\"b\""],
        },
        new($"{space}Watch_Now_SkipsThePast", $"GET {root}?after=now", 200) { Given = [$"PUT {root}/a\n{Json}1"], Has = ["{\"items\":[],\"next_after\":"] },
        new($"{space}Watch_WithListParameters_IsInvalid", $"GET {root}?after=0&cursor=a&values=true", 400)
        {
            Code = "request.invalid",
            Has = ["query:cursor", "query:values"],
        },
        new($"{space}Watch_BeyondTheHead_IsAhead", $"GET {root}?after=999999", 409) { Code = "cursor.ahead", Has = ["\"head\":"] },
    ];

    static IEnumerable<Scenario> Namespaces() =>
    [
        new("Namespaces_WithRecords_AreListedWithCounts", "GET /store?prefix=f", 200)
        {
            As = "reader",
            Given =
            [
                $"PUT /store/files:repo/a.py\n{Json}123", $"PUT /store/files:repo/b.py\n{Json}\"é\"", $"PUT /store/files%2Fx/b.py\n{Json}1",
                $"PUT /store/fempty/b.py\n{Json}1", "DELETE /store/fempty/b.py", $"PUT /store/fcleared/b.py\n{Json}1", "POST /store/fcleared/clear",
                $"PUT /store/g/b.py\n{Json}1", $"PUT /state/files/b.py\n{Json}1",
            ],
            Has =
            [
                "{\"items\":[{\"namespace\":\"files/x\",\"records\":1,\"bytes\":1,\"updated_at\":",
                "{\"namespace\":\"files:repo\",\"records\":2,\"bytes\":7,\"updated_at\":", "\"next_cursor\":null",
            ],
            HasNot = ["fempty", "fcleared", "\"g\"", "\\u0001", "\"files\""],
        },
        new("Namespaces_Page_GoesOn", "GET /store?limit=1", 200)
        {
            Given = [$"PUT /store/a/b\n{Json}1", $"PUT /store/b/b\n{Json}1"],
            Has = ["\"next_cursor\":\"{cursor store.namespaces a}\""],
        },
        new("Namespaces_BadText_IsInvalid", "GET /store?prefix=%01", 400) { Code = "request.invalid" },
    ];

    static IEnumerable<Scenario> Search() =>
    [
        new("Search_AnyCase_FindsStringsNumbersAndNames", "GET /search/store?prefix=summary:&q=PARSE", 200)
        {
            As = "reader",
            Given =
            [
                $"PUT /store/summary:r/a\n\n{{\"text\":\"It pa\\u0072ses input\"}}", $"PUT /store/summary:s/b\n\n{{\"Parser\":1}}",
                $"PUT /store/summary:s/c\n{Json}\"other\"", $"PUT /store/files:r/a\n{Json}\"parse\"", $"PUT /store/summary:s/d\n{Json}\"parse\"",
                "DELETE /store/summary:s/d",
            ],
            Has =
            [
                """
                {"items":[{"namespace":"summary:r","key":"a","version":1,"value":{"text":"It pa\u0072ses input"}},{"namespace":"summary:s","key":"b","version":1,"value":{"Parser":1}}],"next_cursor":null}
                """,
            ],
        },
        new("Search_AcrossTokens_FindsNothing", "GET /search/store?q=a%22,%22b", 200) { Given = [$"PUT /store/n/k\n{Json}[\"a\",\"b\"]"], Has = ["{\"items\":[]"] },
        new("Search_Page_EndsWithACursor", "GET /search/store?q=x&limit=1", 200)
        {
            Given = [$"PUT /store/n/a\n{Json}\"x\"", $"PUT /store/n/b\n{Json}\"x\"", $"PUT /state/planner/b\n{Json}\"x\""],
            Has = ["\"key\":\"a\"", "\"next_cursor\":\"{cursor store.search n\na}\""],
            HasNot = ["\"key\":\"b\""],
        },
        new("Search_Cursor_GoesOn", "GET /search/store?q=x&limit=1&cursor={cursor store.search n\na}", 200)
        {
            Given = [$"PUT /store/n/a\n{Json}\"x\"", $"PUT /store/n/b\n{Json}\"x\""],
            Has = ["\"key\":\"b\""],
            HasNot = ["\"key\":\"a\""],
        },
        new("Search_WithoutText_IsInvalid", "GET /search/store?cursor=a", 400) { Code = "request.invalid", Has = ["query:q", "query:cursor"] },
    ];
}
