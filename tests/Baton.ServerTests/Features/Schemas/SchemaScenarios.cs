using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Schemas;

/// <summary>Every way in which the registry of schemas is answered.</summary>
public sealed class SchemaScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Note = "POST /schema\n\n{\"name\":\"note\",\"definition\":{\"type\":\"string\"}}";
    const string Wider = "POST /schema\n\n{\"name\":\"note\",\"definition\":{\"type\":[\"string\",\"null\"]}}";

    internal static IReadOnlyList<Scenario> All { get; } =
        [.. Register(), .. Versions(), .. References(), .. Invalid(), .. Read(), .. DryRun(), .. Delete()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Schema_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static Scenario Post(string name, string body, int status) => new(name, "POST /schema\n\n" + body, status);

    static IEnumerable<Scenario> Register() =>
    [
        Post("Register_NewName_IsVersionOne", """{"name":"note","definition":{"type":"string"}}""", 201) with
        {
            Has =
            [
                "\"schema_id\":\"sch_", "\"name\":\"note\"", "\"version\":1", "\"description\":null", "\"visibility\":\"public\"",
                "\"target_type\":\"both\"", "\"compatibility\":\"backward\"", "\"size\":17", "\"created_by\":\"{agent_id}\"",
            ],
            HasNot = ["ETag"],
            Ledger = ["schema.create schema:sch_* v1"],
        },
        Post("Register_BoundKey_IsByItsAgent",
            """{"name":"note","description":"A note","definition":true,"target_type":"stash","compatibility":"none"}""", 201) with
        {
            As = "planner",
            Has = ["\"created_by\":\"planner\"", "\"description\":\"A note\"", "\"target_type\":\"stash\"", "\"compatibility\":\"none\""],
            Ledger = ["schema.create schema:sch_* v1 by planner"],
        },
        Post("Register_SameJsonWrittenOtherwise_IsTheSameVersion", """{"name":"n","definition":{ "b":[1e1, "\u0061"], "a":{} }}""", 200) with
        {
            Given = ["POST /schema\n\n{\"name\":\"n\",\"definition\":{\"a\":{},\"b\":[10.0,\"a\"]}}"],
            Has = ["\"schema_id\":\"{schema1}\"", "\"version\":1", "Baton-Seq"],
        },
        Post("Register_SameAsAnOlderVersion_IsThatVersion", """{"name":"note","definition":{"type":"string"}}""", 200) with
        {
            Given = [Note, Wider],
            Has = ["\"schema_id\":\"{schema1}\"", "\"version\":1"],
        },
        Post("Register_SameUnderAnotherName_IsAnother", """{"name":"other","definition":{"type":"string"}}""", 201) with
        {
            Given = [Note],
            Has = ["\"version\":1"],
            HasNot = ["{schema1}"],
            Ledger = ["schema.create schema:sch_* v1"],
        },
        Post("Register_SameWithAnotherDescription_IsTheNextVersion",
            """{"name":"note","description":"Notes","definition":{"type":"string"}}""", 201) with
        {
            Given = [Note],
            Has = ["\"version\":2"],
            Ledger = ["schema.create schema:sch_* v2"],
        },
        Post("Register_SameNumberToSixteenDigits_IsTheNextVersion",
            """{"name":"n","definition":{"maximum":9007199254740993}}""", 201) with
        {
            Given = ["POST /schema\n\n{\"name\":\"n\",\"definition\":{\"maximum\":9007199254740992}}"],
            Has = ["\"version\":2"],
            Ledger = ["schema.create schema:sch_* v2"],
        },
        Post("Register_InAFullWorkspace_IsRefused", """{"name":"e","definition":true}""", 409) with
        {
            Given = [.. "abcd".Select(name => $"POST /schema\n\n{{\"name\":\"{name}\",\"definition\":true}}")],
            Code = "workspace.full",
        },
        Post("Register_OverTheBodyLimit_IsTooLarge", $$$"""{"name":"e","definition":{"$comment":"{{{new string('c', 5000)}}}"}}""", 413) with
        {
            Code = "request.body_too_large",
        },
        Post("Register_ByAReader_IsRefused", """{"name":"note","definition":true}""", 403) with
        {
            As = "reader",
            Code = "access.denied",
            Ledger = ["schema.create workspace:{workspace} refused access.denied"],
        },
    ];

    static IEnumerable<Scenario> Versions() =>
    [
        Post("Version_Wider_IsTheNext", """{"name":"note","definition":{"type":["string","null"]}}""", 201) with
        {
            Given = [Note],
            Has = ["\"version\":2"],
            HasNot = ["{schema1}"],
            Ledger = ["schema.create schema:sch_* v2"],
        },
        Post("Version_Narrower_IsIncompatible", """{"name":"note","definition":{"type":"string","maxLength":3}}""", 409) with
        {
            Given = [Note],
            Code = "schema.incompatible",
            Has = ["\"pointer\":\"/definition/maxLength\"", "version 1 of note"],
        },
        Post("Version_NarrowerWithoutCompatibility_IsTheNext",
            """{"name":"note","definition":{"type":"string","maxLength":3},"compatibility":"none"}""", 201) with
        {
            Given = [Note],
            Has = ["\"version\":2"],
            Ledger = ["schema.create schema:sch_* v2"],
        },
        Post("Version_AfterTheNewestWasDeleted_IsHeldAgainstTheOneBefore",
            """{"name":"note","definition":{"type":"string","description":"Now again"}}""", 201) with
        {
            Given = [Note, Wider, "DELETE /schema/{schema2}"],
            Has = ["\"version\":3"],
            Ledger = ["schema.create schema:sch_* v3"],
        },
        Post("Version_AfterAllWereDeleted_GoesOnWithTheCount", """{"name":"note","definition":{"type":"integer"}}""", 201) with
        {
            Given = [Note, "DELETE /schema/{schema1}"],
            Has = ["\"version\":2"],
            Ledger = ["schema.create schema:sch_* v2"],
        },
    ];

    static IEnumerable<Scenario> References() =>
    [
        Post("Reference_ByName_MeansTheNewest", """{"name":"notes","definition":{"items":{"$ref":"baton:schema/note"}}}""", 201) with
        {
            Given = [Note],
            Ledger = ["schema.create schema:sch_* v1"],
        },
        Post("Reference_ById_MeansThatVersion", """{"name":"notes","definition":{"items":{"$ref":"baton:schema/{schema1}"}}}""", 201) with
        {
            Given = [Note, Wider],
            Ledger = ["schema.create schema:sch_* v1"],
        },
        Post("Reference_ByItsAbsoluteId_MeansIt", """{"name":"notes","definition":{"items":{"$ref":"https://a.example/note#"}}}""", 201) with
        {
            Given = ["POST /schema\n\n{\"name\":\"note\",\"definition\":{\"$id\":\"https://a.example/note\",\"type\":\"string\"}}"],
            Ledger = ["schema.create schema:sch_* v1"],
        },
        Post("Reference_ToNothing_IsInvalid",
            """{"name":"notes","definition":{"items":{"$ref":"baton:schema/note"},"not":{"$ref":"https://a.example/x"}}}""", 422) with
        {
            Code = "schema.invalid",
            Has = ["\"pointer\":\"/definition/items/$ref\"", "\"pointer\":\"/definition/not/$ref\"", "register it first"],
        },
        Post("Reference_AgainAfterItMoved_IsTheNextVersion", """{"name":"notes","definition":{"items":{"$ref":"baton:schema/note"}}}""", 201) with
        {
            Given = [Note, "POST /schema\n\n{\"name\":\"notes\",\"definition\":{\"items\":{\"$ref\":\"baton:schema/note\"}}}", Wider],
            Has = ["\"version\":2"],
            Ledger = ["schema.create schema:sch_* v2"],
        },
        Post("Reference_MovedToANarrowerOne_IsIncompatible", """{"name":"notes","definition":{"items":{"$ref":"baton:schema/note"}}}""", 409) with
        {
            Given =
            [
                Note, "POST /schema\n\n{\"name\":\"notes\",\"definition\":{\"items\":{\"$ref\":\"baton:schema/note\"}}}",
                "POST /schema\n\n{\"name\":\"note\",\"definition\":{\"type\":\"null\"},\"compatibility\":\"none\"}",
            ],
            Code = "schema.incompatible",
        },
        Post("Reference_TwoVersionsByOneName_IsInvalid",
            """{"name":"both","definition":{"prefixItems":[{"$ref":"baton:schema/notes"},{"$ref":"baton:schema/note"}]}}""", 422) with
        {
            Given = [Note, "POST /schema\n\n{\"name\":\"notes\",\"definition\":{\"items\":{\"$ref\":\"baton:schema/note\"}}}", Wider],
            Code = "schema.invalid",
            Has = ["`baton:schema/note` means another version within `baton:schema/notes`"],
        },
        new("Reference_Read_TellsWhatItMeans", "GET /schema/notes", 200)
        {
            Given = [Note, "POST /schema\n\n{\"name\":\"notes\",\"definition\":{\"items\":{\"$ref\":\"baton:schema/note\"}}}", Wider],
            Has = ["\"references\":[{\"uri\":\"baton:schema/note\",\"schema_id\":\"{schema1}\"}]"],
        },
    ];

    static IEnumerable<Scenario> Invalid() =>
    [
        Post("Definition_NoSchema_NamesEveryFault",
            """{"name":"n","definition":{"type":"text","properties":{"a":{"minimum":"1"},"b":[]},"pattern":"("}}""", 422) with
        {
            Code = "schema.invalid",
            Has =
            [
                "\"pointer\":\"/definition/type", "\"pointer\":\"/definition/properties/a/minimum", "\"pointer\":\"/definition/properties/b",
                "\"pointer\":\"/definition/pattern",
            ],
        },
        Post("Definition_AnArray_IsInvalid", """{"name":"n","definition":[]}""", 422) with { Code = "schema.invalid" },
        Post("Definition_Null_IsInvalid", """{"name":"n","definition":null}""", 422) with { Code = "schema.invalid" },
        Post("Definition_OfAnUnknownDraft_IsInvalid", """{"name":"n","definition":{"$schema":"http://json-schema.org/draft-04/schema#"}}""", 422) with
        {
            Code = "schema.invalid",
            Has = ["/definition/$schema"],
        },
        Post("Definition_WithAMemberTwice_IsInvalidJson", """{"name":"n","definition":{"type":"string","type":"null"}}""", 400) with
        {
            Code = "request.invalid_json",
            Has = ["given twice"],
        },
        Post("Definition_OfALoneSurrogate_IsRefused", """{"name":"n","definition":{"const":"\ud800"}}""", 422) with
        {
            Code = "schema.invalid",
        },
        Post("Definition_TooDeep_SaysSo", $$"""{"name":"n","definition":{{string.Concat(Enumerable.Repeat("{\"not\":", 200))}}{}{{new string('}', 200)}}}""", 400) with
        {
            Code = "request.invalid_json",
            Has = ["64 levels"],
        },
        Post("Definition_Missing_IsInvalidJson", """{"name":"n"}""", 400) with { Code = "request.invalid_json", Has = ["definition"] },
        Post("Request_OfWrongValues_NamesEachOfThem",
            $$"""{"name":"sch_x","description":"{{new string('d', 1025)}}","definition":{},"visibility":"all","target_type":"table","compatibility":"full"}""", 400) with
        {
            Code = "request.invalid",
            Has =
            [
                "\"pointer\":\"/name\"", "\"pointer\":\"/description\"", "\"pointer\":\"/visibility\"", "\"pointer\":\"/target_type\"",
                "\"pointer\":\"/compatibility\"", "one of: public, private", "one of: stash, stream, both", "one of: backward, none",
            ],
        },
        Post("Request_OfANulInItsDescription_IsInvalid", """{"name":"n","description":"a\u0000","definition":{}}""", 400) with
        {
            Code = "request.invalid",
            Has = ["\"pointer\":\"/description\""],
        },
        Post("Request_OfAnEmptyDescription_IsInvalid", """{"name":"n","description":"","definition":{}}""", 400) with { Code = "request.invalid" },
        Post("Request_MistypedMember_NamesTheNearest", """{"name":"n","definitions":{}}""", 400) with
        {
            Code = "request.invalid_json",
            Has = ["did you mean \\\"definition\\\"?"],
        },
    ];

    static IEnumerable<Scenario> Read() =>
    [
        new("Get_ByName_IsTheNewestWithItsDefinitionAsSent", "GET /schema/note", 200)
        {
            As = "reader",
            Given = ["POST /schema\n\n{\"name\":\"note\",\"definition\":{\"type\":\"string\"}}", "POST /schema\n\n{\"name\":\"note\",\"definition\":  { \"\\u0074ype\" : [\"string\",\"null\"], \"$comment\":1.50E+1 } }"],
            Has = ["\"schema_id\":\"{schema2}\"", "\"version\":2", "\"definition\":{ \"\\u0074ype\" : [\"string\",\"null\"], \"$comment\":1.50E+1 }", "\"salt\":\""],
        },
        new("Get_ById_IsThatVersion", "GET /schema/{schema1}", 200)
        {
            As = "reader",
            Given = [Note, Wider],
            Has = ["\"schema_id\":\"{schema1}\"", "\"version\":1", "\"definition\":{\"type\":\"string\"}"],
        },
        new("Get_AbsentSchema_IsNotFound", "GET /schema/no", 404) { Code = "schema.not_found", Has = ["There is no schema no."] },
        new("Get_AbsentId_IsNotFound", "GET /schema/sch_0", 404) { Code = "schema.not_found" },
        new("Get_LikeAnotherId_IsInvalid", "GET /schema/str_0", 400) { Code = "request.invalid", Has = ["path:schema_id"] },
        new("Get_WaitingForNothing_TimesOut", "GET /schema/no?wait=0", 204),
        new("Get_WaitingForALaterVersion_TimesOut", "GET /schema/note?wait=0&after_version=1", 204) { Given = [Note] },
        new("Get_AfterSchemaVersionWithoutWait_IsInvalid", "GET /schema/note?after_version=1", 400) { Code = "request.invalid" },
        new("Versions_OfAName_AreNewestFirst", "GET /schema/note/versions?limit=1", 200)
        {
            As = "reader",
            Given = [Note, Wider],
            Has = ["\"items\":[{\"schema_id\":\"{schema2}\"", "\"next_cursor\":\"{cursor schema.versions/note 2}\""],
            HasNot = ["{schema1}", "\"definition\""],
        },
        new("Versions_OnTheNextPage_GoOn", "GET /schema/note/versions?cursor={cursor schema.versions/note 2}", 200)
        {
            Given = [Note, Wider],
            Has = ["\"items\":[{\"schema_id\":\"{schema1}\"", "\"next_cursor\":null"],
            HasNot = ["{schema2}"],
        },
        new("Versions_OfNothing_AreNotFound", "GET /schema/no/versions", 404) { Code = "schema.not_found" },
        new("Versions_WithAWrongCursor_AreInvalid", "GET /schema/no/versions?cursor=x", 400) { Code = "request.invalid" },
        new("List_ByText_LooksInNamesAndDescriptions", "GET /schemas?q=FIND", 200)
        {
            As = "reader",
            Given =
            [
                "POST /schema\n\n{\"name\":\"research-findings\",\"definition\":true}", Note,
                "POST /schema\n\n{\"name\":\"a\",\"description\":\"What was Found, findable\",\"definition\":false}",
            ],
            Has = ["\"items\":[{\"schema_id\":\"{schema3}\"", "{schema1}", "\"definition\":false", "\"next_cursor\":null"],
            HasNot = ["{schema2}"],
        },
        new("List_OfAll_HasTheNewestOfEachName", "GET /schemas?limit=1", 200)
        {
            Given = [Note, Wider, "POST /schema\n\n{\"name\":\"z\",\"definition\":true}"],
            Has = ["{schema2}", "\"next_cursor\":\"{cursor schema.list note}\""],
            HasNot = ["{schema1}", "{schema3}"],
        },
        new("List_OnTheNextPage_GoesOn", "GET /schemas?cursor={cursor schema.list note}", 200)
        {
            Given = [Note, "POST /schema\n\n{\"name\":\"z\",\"definition\":true}"],
            Has = ["{schema2}", "\"next_cursor\":null"],
            HasNot = ["{schema1}"],
        },
        new("List_WithANulInItsCursor_IsMalformed", "GET /schemas?cursor=%00", 400) { Code = "request.malformed" },
        new("List_ByANul_IsMalformed", "GET /schemas?q=%00", 400) { Code = "request.malformed" },
        new("List_ByALongText_IsInvalid", $"GET /schemas?q={new string('q', 129)}", 400) { Code = "request.invalid" },
    ];

    static IEnumerable<Scenario> DryRun() =>
    [
        new("DryRun_OfWhatFits_IsValid", "POST /schema/note/validate\nContent-Type: text/plain\n\n\"a\"", 200)
        {
            As = "reader",
            Given = [Note],
            Has = ["{\"valid\":true,\"errors\":[]}"],
        },
        new("DryRun_OfWhatDoesNot_SaysWhereAndWhy", "POST /schema/{schema1}/validate\n\n{\"a\":\"x\",\"when\":\"soon\"}", 200)
        {
            Given = ["POST /schema\n\n{\"name\":\"n\",\"definition\":{\"properties\":{\"a\":{\"type\":\"integer\"},\"when\":{\"format\":\"date-time\"}},\"required\":[\"b\"]}}"],
            Has =
            [
                "\"valid\":false", "{\"pointer\":\"/a\",\"keyword\":\"type\"", "{\"pointer\":\"\",\"keyword\":\"required\"",
                "{\"pointer\":\"/when\",\"keyword\":\"format\"",
            ],
        },
        new("DryRun_OfDraftSeven_KeepsToIt", "POST /schema/n/validate\n\n[1,2]", 200)
        {
            // In 2020-12 an array of `items` is no schema.
            Given = ["POST /schema\n\n{\"name\":\"n\",\"definition\":{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"items\":[true,false]}}"],
            Has = ["\"valid\":false", "\"pointer\":\"/1\""],
        },
        new("DryRun_OfNoJson_IsNotValid", "POST /schema/note/validate\n\n# Report", 200) { Given = [Note], Has = ["\"valid\":false", "\"keyword\":\"json\""] },
        new("DryRun_OfNothing_IsNotValid", "POST /schema/note/validate", 200) { Given = [Note], Has = ["\"valid\":false"] },
        new("DryRun_OverTheStashLimit_IsTooLarge", "POST /schema/note/validate", 413)
        {
            Given = [Note],
            Bytes = new byte[1001],
            Code = "request.body_too_large",
        },
        new("DryRun_ByNoSchema_IsNotFound", "POST /schema/no/validate\n\n1", 404) { Code = "schema.not_found" },
        new("DryRun_WithAnIdempotencyKey_IsRefused", "POST /schema/no/validate\nIdempotency-Key: k\n\n1", 400)
        {
            Code = "request.idempotency_not_supported",
        },
    ];

    static IEnumerable<Scenario> Delete() =>
    [
        new("Delete_Unused_IsGone", "DELETE /schema/{schema1}", 200)
        {
            Given = [Note],
            Has = ["\"version\":1", "\"seq\":"],
            Ledger = ["schema.delete schema:{schema1} v1"],
        },
        new("Delete_AbsentSchema_IsNotFound", "DELETE /schema/sch_0", 404) { Code = "schema.not_found" },
        new("Delete_ByName_IsInvalid", "DELETE /schema/note", 400) { Given = [Note], Code = "request.invalid", Has = ["/versions"] },
        new("Delete_BoundToStashes_NamesTheFirst", "DELETE /schema/{schema1}", 409)
        {
            Given = [Note, "PUT /stash/b?schema_id={schema1}\n\n\"x\"", "PUT /stash/a?schema_id={schema1}\n\n\"x\""],
            Code = "schema.in_use",
            Has = ["used by 2 things, the first of them stash:a"],
        },
        new("Delete_ReferredTo_IsInUse", "DELETE /schema/{schema1}", 409)
        {
            Given = [Note, "POST /schema\n\n{\"name\":\"notes\",\"definition\":{\"items\":{\"$ref\":\"baton:schema/note\"}}}"],
            Code = "schema.in_use",
            Has = ["used by schema:{schema2}"],
        },
        new("Delete_AfterWhatReferredToIt_IsGone", "DELETE /schema/{schema1}", 200)
        {
            Given =
            [
                Note, "POST /schema\n\n{\"name\":\"notes\",\"definition\":{\"items\":{\"$ref\":\"baton:schema/note\"}}}",
                "DELETE /schema/{schema2}",
            ],
            Ledger = ["schema.delete schema:{schema1} v1"],
        },
        new("Delete_OfTheNewest_MakesTheOneBeforeTheNewest", "GET /schema/note", 200)
        {
            Given = [Note, Wider, "DELETE /schema/{schema2}"],
            Has = ["{schema1}"],
        },
        new("Delete_ByAReader_IsRefused", "DELETE /schema/{schema1}", 403)
        {
            As = "reader",
            Given = [Note],
            Code = "access.denied",
            Ledger = ["schema.delete schema:{schema1}/{reader_id} refused access.denied"],
        },
    ];
}
