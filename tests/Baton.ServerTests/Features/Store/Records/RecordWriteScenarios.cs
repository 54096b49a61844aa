using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store.Records;

/// <summary>Every way in which writing records is answered, in namespaces and in the state of agents.</summary>
public sealed class RecordWriteScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Json = "Content-Type: application/json\n\n";
    const string Merge = "Content-Type: application/merge-patch+json\n\n";

    static readonly string s_deep = new string('[', 60) + new string(']', 60);

    static readonly string s_text = $"\"{new string('x', 1498)}\"";

    internal static IReadOnlyList<Scenario> All { get; } =
    [
        .. Of("Store", "/store/n", "store:n", "store"), .. Of("State", "/state/planner", "state:planner", "state"), .. Names512(),
    ];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Write_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static IEnumerable<Scenario> Of(string space, string root, string resource, string type) =>
        [.. Set(space, root, resource, type), .. Patch(space, root, resource, type), .. Rest(space, root, resource, type)];

    static IEnumerable<Scenario> Set(string space, string root, string resource, string type) =>
    [
        new($"{space}Set_Absent_Creates", $"PUT {root}/a/b%20c?metadata=%7B%22by%22:%22p%22%7D\n{Json} {{\"n\": 1.50 }}", 201)
        {
            Has =
            [
                "ETag: \"1\"", "\"key\":\"a/b c\"", "\"version\":1", "\"size\":13", "\"metadata\":{\"by\":\"p\"}",
                "\"created_by\":\"{agent_id}\"", "\"expires_at\":null", "Baton-Seq: ",
            ],
            HasNot = ["\"value\"", "\"salt\""],
            Ledger = [$"{type}.set {resource}/a/b c v1"],
        },
        new($"{space}Set_Present_MakesTheNextVersion", $"PUT {root}/a\nBaton-Agent: writer\n{Json}2", 200)
        {
            Given = [$"PUT {root}/a?ttl=60&metadata=%7B%22m%22:1,%22n%22:2%7D\n{Json}1", $"PUT {root}/a?ttl=60&metadata=%7B%22n%22:null%7D\n{Json}1"],
            Has = ["\"version\":3", "\"created_by\":\"{agent_id}\"", "\"updated_by\":\"writer\"", "\"expires_at\":null", "\"metadata\":{\"m\":1}"],
            Ledger = [$"{type}.set {resource}/a v3 by writer"],
        },
        new($"{space}Set_Null_IsAValue", $"PUT {root}/a\n{Json}null", 201) { Ledger = [$"{type}.set {resource}/a v1"] },
        new($"{space}Set_DeletedBefore_GoesOnWithTheVersion", $"PUT {root}/a\n{Json}1", 201)
        {
            Given = [$"PUT {root}/a?metadata=%7B%22m%22:1%7D\n{Json}1", $"DELETE {root}/a"],
            Has = ["\"version\":3", "\"metadata\":null"],
            Ledger = [$"{type}.set {resource}/a v3"],
        },
        new($"{space}Set_ClearedBefore_GoesOnWithTheVersion", $"PUT {root}/a\n{Json}1", 201)
        {
            Given = [$"PUT {root}/a\n{Json}1", $"POST {root}/clear"],
            Has = ["\"version\":3"],
            Ledger = [$"{type}.set {resource}/a v3"],
        },
        new($"{space}Set_KeyInTheQuery_IsTheSame", $"PUT {root}?key=a%2F..%2F%2E\n{Json}1", 201)
        {
            Has = ["\"key\":\"a/../.\""],
            Ledger = [$"{type}.set {resource}/a/../. v1"],
        },
        new($"{space}Set_KeyTwice_IsInvalid", $"PUT {root}/a?key=b\n{Json}1", 400) { Code = "request.invalid", Has = ["query:key"] },
        new($"{space}Set_WithoutKey_IsNotAllowed", $"PUT {root}?key=\n{Json}1", 405) { Code = "route.method_not_allowed" },
        new($"{space}Set_ControlInTheKey_IsInvalid", $"PUT {root}/a%0Ab\n{Json}1", 400) { Code = "request.invalid", Has = ["path:key"] },
        new($"{space}Set_BadUtf8InTheKey_IsMalformed", $"PUT {root}/a%FF\n{Json}1", 400) { Code = "request.malformed" },
        new($"{space}Set_LongestKey_Creates", $"PUT {root}/{new string('k', 512)}\n{Json}1", 201)
        {
            Ledger = [$"{type}.set {resource}/{new string('k', 512)} v1"],
        },
        new($"{space}Set_KeyTooLong_IsInvalid", $"PUT {root}/{string.Concat(Enumerable.Repeat("%C3%A9", 257))}\n{Json}1", 400) { Code = "request.invalid" },
        new($"{space}Set_PlusPercentAndStar_AreThemselves", $"PUT {root}/a+b%252F*\n{Json}1", 201)
        {
            Has = ["\"key\":\"a+b%2F*\""],
            Ledger = [$"{type}.set {resource}/a+b%252F%2A v1"],
        },
        new($"{space}Set_MemberTwice_IsInvalid", $"PUT {root}/a\n\n{{\"x\":{{\"y\":1,\"\\u0079\":2}}}}", 400)
        {
            Code = "request.invalid_json",
            Has = ["given twice", "\"pointer\":\"/x\""],
        },
        new($"{space}Set_TwoValues_AreInvalid", $"PUT {root}/a\n{Json}1 2", 400) { Code = "request.invalid_json", Has = ["byte 3"] },
        new($"{space}Set_NoBody_IsInvalid", $"PUT {root}/a\n{Json}", 400) { Code = "request.invalid_json" },
        new($"{space}Set_LoneSurrogate_IsInvalid", $"PUT {root}/a\n{Json}[\"\\ud800\"]", 400)
        {
            Code = "request.invalid_json",
            Has = ["\"pointer\":\"/0\""],
        },
        new($"{space}Set_BadUtf8_IsInvalid", $"PUT {root}/a\nContent-Type: application/json", 400)
        {
            Bytes = [(byte)'"', 0xC3, (byte)'"'],
            Code = "request.invalid_json",
        },
        new($"{space}Set_DeepestNesting_Creates", $"PUT {root}/a\n{Json}{new string('[', 64)}{new string(']', 64)}", 201)
        {
            Ledger = [$"{type}.set {resource}/a v1"],
        },
        new($"{space}Set_TooDeep_IsInvalid", $"PUT {root}/a\n{Json}{new string('[', 65)}{new string(']', 65)}", 400)
        {
            Code = "request.invalid_json",
            Has = ["deeper than 64"],
        },
        new($"{space}Set_FormType_IsUnsupported", $"PUT {root}/a\nContent-Type: application/x-www-form-urlencoded\n\n1", 415)
        {
            Code = "request.unsupported_media_type",
        },
        new($"{space}Set_TooLarge_IsRefused", $"PUT {root}/a\n{Json}\"{new string('x', 2000)}\"", 413) { Code = "request.body_too_large" },
        new($"{space}Set_TooMuchForTheWorkspace_IsRefused", $"PUT {root}/d\n{Json}{s_text}", 409)
        {
            Given = [.. "abc".Select(key => $"PUT {root}/{key}\n{Json}{s_text}")],
            Code = "workspace.full",
        },
        new($"{space}Set_OtherVersion_IsAMismatch", $"PUT {root}/a\nIf-Match: \"2\"\n{Json}1", 412)
        {
            Given = [$"PUT {root}/a\n{Json}1"],
            Code = "version.mismatch",
            Has = ["\"current_version\":1"],
        },
        new($"{space}Set_MustBeAbsent_IsAMismatch", $"PUT {root}/a\nIf-None-Match: *\n{Json}1", 412)
        {
            Given = [$"PUT {root}/a\n{Json}1"],
            Code = "version.mismatch",
        },
        new($"{space}Set_ThisVersion_Writes", $"PUT {root}/a\nIf-Match: \"1\"\n{Json}1", 200)
        {
            Given = [$"PUT {root}/a\n{Json}1"],
            Ledger = [$"{type}.set {resource}/a v2"],
        },
        new($"{space}Set_MetadataOfAnotherKind_IsInvalid", $"PUT {root}/a?metadata=%5B%5D&ttl=0\n{Json}1", 400)
        {
            Code = "request.invalid",
            Has = ["query:metadata", "query:ttl"],
        },
        new($"{space}Set_MetadataGrowingTooLarge_IsRefused", $"PUT {root}/a?metadata=%7B%22b%22:%22{new string('x', 2500)}%22%7D\n{Json}1", 413)
        {
            Given = [$"PUT {root}/a?metadata=%7B%22a%22:%22{new string('x', 2500)}%22%7D\n{Json}1"],
            Code = "store.too_large",
        },
    ];

    static IEnumerable<Scenario> Patch(string space, string root, string resource, string type) =>
    [
        new($"{space}Patch_ByPointers_AnswersTheRecord", $"PATCH {root}/a\n\n" + """{"increment":{"/n":0.25,"/new":-1},"append":{"/l":[2],"/m":null},"set":{"/o/x~1y":"é","/l/0":9}}""", 200)
        {
            Given = [$"PUT {root}/a?ttl=60&metadata=%7B%22m%22:1%7D\n\n{{ \"n\": 1.50, \"l\":[1], \"o\":{{ \"z\": 1e2 }} }}"],
            Has =
            [
                """
                "value":{"n":1.75,"l":[9,[2]],"o":{"z":1e2,"x/y":"é"},"new":-1,"m":[null]}
                """,
                "\"version\":2", "ETag: \"2\"", "\"salt\":\"", "\"metadata\":{\"m\":1}",
            ],
            HasNot = ["\"expires_at\":null"],
            Ledger = [$"{type}.patch {resource}/a v2"],
        },
        new($"{space}Patch_HugeIntegers_AreExact", $"PATCH {root}/a\n\n" + """{"increment":{"/a":1,"/b":9007199254740993,"/c":-0.1}}""", 200)
        {
            Given = [$"PUT {root}/a\n\n{{\"a\":9223372036854775807,\"b\":100000000000000000000,\"c\":0.3}}"],
            Has = ["\"value\":{\"a\":9223372036854775808,\"b\":100009007199254740993,\"c\":0.2}"],
            Ledger = [$"{type}.patch {resource}/a v2"],
        },
        new($"{space}Patch_WholeValue_IsAnEmptyPointer", $"PATCH {root}/a\n\n" + """{"increment":{"":2}}""", 200)
        {
            Given = [$"PUT {root}/a\n{Json}40"],
            Has = ["\"value\":42"],
            Ledger = [$"{type}.patch {resource}/a v2"],
        },
        new($"{space}Patch_AbsentWithInit_Creates", $"PATCH {root}/a\n\n" + """{"increment":{"/n":1},"init":{"n":41}}""", 201)
        {
            Has = ["\"value\":{\"n\":42}", "\"version\":1"],
            Ledger = [$"{type}.patch {resource}/a v1"],
        },
        new($"{space}Patch_PresentWithInit_LeavesItOut", $"PATCH {root}/a\n\n" + """{"increment":{"/n":1},"init":{"n":41}}""", 200)
        {
            Given = [$"PUT {root}/a\n\n{{\"n\":1}}"],
            Has = ["\"value\":{\"n\":2}"],
            Ledger = [$"{type}.patch {resource}/a v2"],
        },
        new($"{space}Patch_AbsentWithoutInit_IsNotFound", $"PATCH {root}/a\n\n" + """{"increment":{"/n":1}}""", 404) { Code = "store.not_found" },
        new($"{space}Patch_WrongType_NamesThePointer", $"PATCH {root}/a\n\n" + """{"increment":{"/n":1,"/s~1t":1}}""", 409)
        {
            Given = [$"PUT {root}/a\n\n{{\"n\":1,\"s/t\":\"x\"}}"],
            Code = "store.type_mismatch",
            Has = ["\"pointer\":\"/s~1t\"", "is a string, but must be a number"],
        },
        new($"{space}Patch_AppendToAnObject_NamesThePointer", $"PATCH {root}/a\n\n" + """{"append":{"/n":1}}""", 409)
        {
            Given = [$"PUT {root}/a\n\n{{\"n\":{{}}}}"],
            Code = "store.type_mismatch",
            Has = ["\"pointer\":\"/n\"", "must be an array"],
        },
        new($"{space}Patch_NoParent_NamesThePointer", $"PATCH {root}/a\n\n" + """{"set":{"/x/y/z":1}}""", 409)
        {
            Given = [$"PUT {root}/a\n\n{{\"x\":{{}}}}"],
            Code = "store.type_mismatch",
            Has = ["There is nothing at /x/y."],
        },
        new($"{space}Patch_ItemBeyondTheEnd_IsRefused", $"PATCH {root}/a\n\n" + """{"set":{"/l/1":1}}""", 409)
        {
            Given = [$"PUT {root}/a\n\n{{\"l\":[0]}}"],
            Code = "store.type_mismatch",
        },
        new($"{space}Patch_TooManyDigits_AreRefused", $"PATCH {root}/a\n\n" + """{"increment":{"":1e-900}}""", 409)
        {
            Given = [$"PUT {root}/a\n{Json}1e900"],
            Code = "store.type_mismatch",
            Has = ["1000 digits"],
        },
        new($"{space}Patch_NoPointer_IsInvalid", $"PATCH {root}/a\n\n" + """{"set":{"x":1,"/~2":1},"increment":{"/n":"1"}}""", 400)
        {
            Code = "request.invalid",
            Has = ["\"/set/x\"", "\"/set/~1~02\"", "\"/increment/~1n\""],
        },
        new($"{space}Patch_Nothing_IsInvalid", $"PATCH {root}/a\n\n" + """{"init":1}""", 400) { Code = "request.invalid" },
        new($"{space}Patch_Merge_IsRfc7396", $"PATCH {root}/a\n{Merge}" + """{"a":null,"b":{"c":null,"d":{"e":null,"f":1.0}},"g":[null]}""", 200)
        {
            Given = [$"PUT {root}/a\n\n{{\"a\":1,\"b\":{{\"c\":2,\"k\": 1.10}},\"z\":1E5}}"],
            Has = ["\"value\":{\"b\":{\"k\":1.10,\"d\":{\"f\":1.0}},\"z\":1E5,\"g\":[null]}"],
            Ledger = [$"{type}.patch {resource}/a v2"],
        },
        new($"{space}Patch_MergeOfAbsent_IsNotFound", $"PATCH {root}/a\n{Merge}{{}}", 404) { Code = "store.not_found" },
        new($"{space}Patch_MergeTwice_IsInvalid", $"PATCH {root}/a\n{Merge}{{\"a\":1,\"a\":2}}", 400) { Code = "request.invalid_json" },
        new($"{space}Patch_GrowingTooLarge_IsRefused", $"PATCH {root}/a\n\n" + $"{{\"append\":{{\"\":{s_text}}}}}", 413)
        {
            Given = [$"PUT {root}/a\n{Json}[{s_text}]"],
            Code = "store.too_large",
        },
        new($"{space}Patch_NestedTooDeep_IsRefused", $"PATCH {root}/a\n\n" + $"{{\"append\":{{\"/0\":{s_deep}}}}}", 200)
        {
            Given = [$"PUT {root}/a\n{Json}[[]]"],
            Ledger = [$"{type}.patch {resource}/a v2"],
        },
        new($"{space}Patch_TooMuchForTheWorkspace_IsRefused", $"PATCH {root}/d\n\n" + $"{{\"append\":{{\"\":{s_text}}},\"init\":[]}}", 409)
        {
            Given = [.. "abc".Select(key => $"PUT {root}/{key}\n{Json}{s_text}")],
            Code = "workspace.full",
        },
        new($"{space}Patch_OtherVersion_IsAMismatch", $"PATCH {root}/a\nIf-Match: \"7\"\n\n" + """{"set":{"/a":1}}""", 412)
        {
            Given = [$"PUT {root}/a\n\n{{}}"],
            Code = "version.mismatch",
        },
        new($"{space}Patch_TextType_IsUnsupported", $"PATCH {root}/a\nContent-Type: text/plain\n\n{{}}", 415) { Code = "request.unsupported_media_type" },
    ];

    static IEnumerable<Scenario> Rest(string space, string root, string resource, string type) =>
    [
        new($"{space}Delete_Present_IsAVersion", $"DELETE {root}/a%2Fb", 200)
        {
            Given = [$"PUT {root}/a/b\n{Json}1"],
            Has = ["\"version\":2", "ETag: \"2\""],
            Ledger = [$"{type}.delete {resource}/a/b v2"],
        },
        new($"{space}Delete_Absent_IsNotFound", $"DELETE {root}/a", 404) { Code = "store.not_found" },
        new($"{space}Delete_OtherVersion_IsAMismatch", $"DELETE {root}/a\nIf-Match: \"2\"", 412)
        {
            Given = [$"PUT {root}/a\n{Json}1"],
            Code = "version.mismatch",
        },
        new($"{space}Delete_WithoutKey_IsNotAllowed", $"DELETE {root}", 405) { Code = "route.method_not_allowed", Given = [$"PUT {root}/a\n{Json}1"] },
        new($"{space}Delete_SlashAndNoKey_IsNotAllowed", $"DELETE {root}/", 405) { Code = "route.method_not_allowed" },
        new($"{space}Delete_EmptyKeyInTheQuery_IsNotAllowed", $"DELETE {root}?key=", 405) { Code = "route.method_not_allowed" },
        new($"{space}Clear_Full_CountsWhatWasThere", $"POST {root}/clear", 200)
        {
            Given = [$"PUT {root}/a\n{Json}1", $"PUT {root}/b\n{Json}1", $"DELETE {root}/b"],
            Has = ["{\"deleted\":1,\"seq\":"],
            Ledger = [$"{type}.clear {resource}/ x1"],
        },
        new($"{space}Clear_NeverThere_IsEmpty", $"POST {root}/clear", 200)
        {
            Has = ["{\"deleted\":0,\"seq\":"],
            Ledger = [$"{type}.clear {resource}/ x0"],
        },
        new($"{space}SetMany_SetAndDelete_IsOneCommit", $"POST {root}\n\n" + """{"set":{"b":{"x": 1.0},"c/d":null},"delete":["a","no"],"metadata":{"m":1},"ttl":60}""", 200)
        {
            Given = [$"PUT {root}/a\n{Json}1"],
            Has =
            [
                """
                "items":[{"key":"a","op":"delete","version":2},{"key":"b","op":"set","version":1},{"key":"c/d","op":"set","version":1}],"missing":["no"]
                """,
            ],
            Ledger = [$"{type}.delete {resource}/a v2", $"{type}.set {resource}/b v1", $"{type}.set {resource}/c/d v1"],
        },
        new($"{space}SetMany_NothingThereToDelete_IsAsOfNow", $"POST {root}\n\n" + """{"delete":["a","b"]}""", 200)
        {
            Has = ["{\"items\":[],\"missing\":[\"a\",\"b\"],\"seq\":", "Baton-Seq: "],
            HasNot = ["\"seq\":0"],
        },
        new($"{space}SetMany_NullAsAKey_IsInvalid", $"POST {root}\n\n" + """{"set":{"a":1},"delete":["b",null,"c"]}""", 400)
        {
            Code = "request.invalid",
            Has = ["\"/delete/1\""],
        },
        new($"{space}SetMany_Nothing_IsInvalid", $"POST {root}\n\n{{\"set\":{{}}}}", 400) { Code = "request.invalid" },
        new($"{space}SetMany_BadKeysAndTtl_NamesAll", $"POST {root}\n\n" + """{"set":{"":1,"a":1},"delete":["a","b\n"],"ttl":0,"metadata":[]}""", 400)
        {
            Code = "request.invalid",
            Has = ["\"/set/\"", "\"/delete/0\"", "\"/delete/1\"", "\"/ttl\"", "\"/metadata\""],
        },
        new($"{space}SetMany_KeyTwice_IsInvalid", $"POST {root}\n\n" + """{"set":{"a":1,"\u0061":2}}""", 400) { Code = "request.invalid_json" },
        new($"{space}SetMany_MemberTwiceInAValue_IsInvalid", $"POST {root}\n\n" + """{"set":{"a":{"x":1,"x":2}}}""", 400) { Code = "request.invalid_json" },
        new($"{space}SetMany_TooMuchForTheWorkspace_SetsNothing", $"POST {root}\n\n" + $"{{\"set\":{{\"e\":1,\"f\":{s_text}}}}}", 409)
        {
            Given = [.. "abc".Select(key => $"PUT {root}/{key}\n{Json}{s_text}")],
            Code = "workspace.full",
        },
        new($"{space}SetMany_MetadataGrowingTooLarge_SetsNothing", $"POST {root}\n\n" + $"{{\"set\":{{\"b\":1,\"a\":1}},\"metadata\":{{\"m\":{s_text}}}}}", 413)
        {
            Given = [$"PUT {root}/a?metadata=%7B%22a%22:%22{new string('x', 3000)}%22%7D\n{Json}1"],
            Code = "store.too_large",
        },
    ];

    static IEnumerable<Scenario> Names512() =>
    [
        new("StoreSet_NamespaceWithASlash_IsOnePart", $"PUT /store/a%2Fb%25/c\n{Json}1", 201) { Ledger = ["store.set store:a%2Fb%25/c v1"] },
        new("StoreSet_NamespaceOfAControl_IsInvalid", $"PUT /store/%01planner/c\n{Json}1", 400) { Code = "request.invalid", Has = ["path:namespace"] },
        new("StateSet_AgentOfAnyText_IsInvalid", $"PUT /state/a%20b/c\n{Json}1", 400) { Code = "request.invalid", Has = ["path:agent_id"] },
        new("StateSet_OwnState_IsWritten", $"PUT /state/planner/goal\n{Json}1", 201) { As = "planner", Ledger = ["state.set state:planner/goal v1 by planner"] },
        new("StateSet_StateOfAnother_IsDenied", $"PUT /state/critic/goal\n{Json}1", 403)
        {
            As = "planner",
            Code = "access.denied",
            Ledger = ["state.set state:critic/goal by planner refused access.denied"],
        },
        new("StateClear_StateOfAnother_IsDenied", "POST /state/critic/clear", 403)
        {
            As = "planner",
            Code = "access.denied",
            Ledger = ["state.clear state:critic/ by planner refused access.denied"],
        },
        new("StateSet_ByAnAdmin_IsWritten", $"PUT /state/critic/goal\n{Json}1", 201) { As = "admin", Ledger = ["state.set state:critic/goal v1"] },
        new("StashPut_MadeOfARecord_ResolvesItsVersion", "PUT /stash/s\nBaton-Sources: store:files:repo/a.py, store:x%2Fy/k%2C%40, state:planner/g\n\nx", 201)
        {
            Given = [$"PUT /store/files:repo/a.py\n{Json}1", $"PUT /store/x%2Fy/k,@\n{Json}1", $"PUT /state/planner/g\n{Json}1"],
            Ledger = ["stash.put stash:s v1"],
        },
        new("StashPut_MadeOfAnUnknownRecord_IsRefused", "PUT /stash/s\nBaton-Sources: store:files:repo/b.py, store:files\n\nx", 422)
        {
            Given = [$"PUT /store/files:repo/a.py\n{Json}1"],
            Code = "lineage.unknown_source",
            Has = ["store:files:repo/b.py does not exist", "store:files does not exist"],
        },
    ];
}
