using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Stashes;

/// <summary>Every way in which writing a stash is answered: PUT, append, replace, DELETE.</summary>
public sealed class WriteScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static readonly string s_kilobyte = new('x', 1000);

    internal static IReadOnlyList<Scenario> All { get; } = [.. Put(), .. Conditions(), .. Append(), .. Replace(), .. Delete()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Write_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static IEnumerable<Scenario> Put() =>
    [
        new("Put_Absent_Creates", "PUT /stash/a\nContent-Type: text/plain\n\nhello", 201)
        {
            Has =
            [
                "ETag: \"1\"", "\"name\":\"a\"", "\"version\":1", "\"size\":5", "\"content_type\":\"text/plain\"",
                "\"digest\":\"sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\"",
                "\"created_by\":\"{agent_id}\"", "\"expires_at\":null", "\"schema_id\":null", "\"discoverable\":false",
            ],
            HasNot = ["Baton-Expires-At", "Idempotency-Replayed"],
            Ledger = ["stash.put stash:a v1"],
        },
        new("Put_Present_MakesTheNextVersion", "PUT /stash/a\nBaton-Agent: writer\n\nagain", 200)
        {
            Given = ["PUT /stash/a\n\nagain"],
            Has = ["ETag: \"2\"", "\"version\":2", "\"created_by\":\"{agent_id}\"", "\"updated_by\":\"writer\""],
            Ledger = ["stash.put stash:a v2 by writer"],
        },
        new("Put_WithoutBodyAndType_StoresNothingAsBytes", "PUT /stash/a", 201)
        {
            Has = ["\"size\":0", "\"content_type\":\"application/octet-stream\""],
            Ledger = ["stash.put stash:a v1"],
        },
        new("Put_BoundKey_WritesAsItsAgent", "PUT /stash/a\n\nx", 201)
        {
            As = "planner",
            Has = ["\"updated_by\":\"planner\""],
            Ledger = ["stash.put stash:a v1 by planner"],
        },
        new("Put_WithTtlAndDiscoverable_TellsBoth", "PUT /stash/a?ttl=60&discoverable=true\n\nx", 201)
        {
            Has = ["\"discoverable\":true"],
            HasNot = ["\"expires_at\":null"],
            Ledger = ["stash.put stash:a v1"],
        },
        new("Put_WithoutTtl_RemovesTheExpiryAndKeepsDiscoverable", "PUT /stash/a\n\nx", 200)
        {
            Given = ["PUT /stash/a?ttl=60&discoverable=true\n\nx"],
            Has = ["\"expires_at\":null", "\"discoverable\":true"],
            Ledger = ["stash.put stash:a v2"],
        },
        new("Put_DeletedBefore_GoesOnWithTheVersion", "PUT /stash/a\n\nx", 201)
        {
            Given = ["PUT /stash/a\n\nx", "DELETE /stash/a"],
            Has = ["\"version\":3", "ETag: \"3\""],
            Ledger = ["stash.put stash:a v3"],
        },
        new("Put_BytesAtTheLimit_Creates", "PUT /stash/a", 201)
        {
            Bytes = new byte[1000],
            Has = ["\"size\":1000"],
            Ledger = ["stash.put stash:a v1"],
        },
        new("Put_BytesOverTheLimit_IsTooLarge", "PUT /stash/a", 413)
        {
            Bytes = new byte[1001],
            Code = "request.body_too_large",
            Has = ["larger than 1000 bytes"],
        },
        new("Put_TooMuchForTheWorkspace_IsRefused", "PUT /stash/f\n\nx", 409)
        {
            Given = [.. "abcde".Select(name => $"PUT /stash/{name}\n\n{s_kilobyte}")],
            Code = "workspace.full",
            Has = ["may hold 5000 bytes"],
        },
        new("Put_ShrinkingInAFullWorkspace_IsTaken", "PUT /stash/a\n\nx", 200)
        {
            Given = [.. "abcde".Select(name => $"PUT /stash/{name}\n\n{s_kilobyte}")],
            Ledger = ["stash.put stash:a v2"],
        },
        new("Put_NameOfDots_IsInvalid", "PUT /stash/...\n\nx", 400)
        {
            Code = "request.invalid",
            Has = ["\"pointer\":\"path:name\""],
        },
        new("Put_NameLikeAnId_IsInvalid", "PUT /stash/key_1\n\nx", 400) { Code = "request.invalid" },
        new("Put_NameWithASlash_IsInvalid", "PUT /stash/a%2Fb\n\nx", 400) { Code = "request.invalid" },
        new("Put_NameTooLong_IsInvalid", $"PUT /stash/{new string('n', 129)}\n\nx", 400) { Code = "request.invalid" },
        new("Put_LongestName_Creates", $"PUT /stash/{new string('n', 128)}\n\nx", 201)
        {
            Ledger = [$"stash.put stash:{new string('n', 128)} v1"],
        },
        new("Put_TtlOfZero_IsInvalid", "PUT /stash/a?ttl=0&discoverable=yes\n\nx", 400)
        {
            Code = "request.invalid",
            Has = ["\"pointer\":\"query:ttl\"", "\"pointer\":\"query:discoverable\""],
        },
        new("Put_MistypedParameter_NamesTheNearest", "PUT /stash/a?tll=5\n\nx", 400)
        {
            Code = "request.unknown_parameter",
            Has = ["did you mean `ttl`?"],
        },
        new("Put_ParameterTwice_IsRefused", "PUT /stash/a?ttl=5&ttl=6\n\nx", 400)
        {
            Code = "request.unknown_parameter",
            Has = ["`ttl` is given twice"],
        },
        new("Put_QueryOfBadUtf8_IsMalformed", "PUT /stash/a?ttl=%FF\n\nx", 400) { Code = "request.malformed" },
        new("Put_SourceWithU0000_IsInvalidHeader", "PUT /stash/a\nBaton-Sources: stash:a%00b\n\nx", 400)
        {
            Code = "request.invalid_header",
            Has = ["header:Baton-Sources"],
        },
        new("List_PrefixWithU0000_IsMalformed", "GET /stashes?prefix=a%00", 400) { Code = "request.malformed", Has = ["U+0000"] },
        new("List_CursorWithU0000_IsMalformed", "GET /stashes?cursor=a%00", 400) { Code = "request.malformed", Has = ["U+0000"] },
        new("Put_ControlInContentType_IsInvalidHeader", $"PUT /stash/a\nContent-Type: {new string('t', 256)}\n\nx", 400)
        {
            Code = "request.invalid_header",
            Has = ["header:Content-Type"],
        },
        new("Put_Sources_AreKeptWithTheirVersions", "PUT /stash/a\nBaton-Model: m-1\nBaton-Sources: stash:s, stash:t@1\n\nx", 201)
        {
            Given = ["PUT /stash/s\n\n1", "PUT /stash/s\n\n2", "PUT /stash/t\n\n1", "PUT /stash/t\n\n2"],
            Ledger = ["stash.put stash:a v1"],
        },
        new("Put_UnknownSource_IsRefused", "PUT /stash/a\nBaton-Sources: stash:no, store:x:y, stash:s@2\n\nx", 422)
        {
            Given = ["PUT /stash/s\n\n1"],
            Code = "lineage.unknown_source",
            Has = ["stash:no does not exist", "store:x:y does not exist", "stash:s@2 does not exist"],
        },
        new("Put_SourceWithoutKind_IsInvalidHeader", "PUT /stash/a\nBaton-Sources: report\n\nx", 400)
        {
            Code = "request.invalid_header",
            Has = ["header:Baton-Sources"],
        },
        new("Put_SourceVersionZero_IsInvalidHeader", "PUT /stash/a\nBaton-Sources: stash:s@0\n\nx", 400)
        {
            Code = "request.invalid_header",
        },
        new("Put_TooManySources_IsInvalidHeader",
            $"PUT /stash/a\nBaton-Sources: {string.Join(',', Enumerable.Range(0, 65).Select(n => $"stash:s{n}"))}\n\nx", 400)
        {
            Code = "request.invalid_header",
            Has = ["64 is the most"],
        },
        new("Put_ModelTooLong_IsInvalidHeader", $"PUT /stash/a\nBaton-Model: {new string('m', 129)}\n\nx", 400)
        {
            Code = "request.invalid_header",
            Has = ["header:Baton-Model"],
        },
        new("Put_Reader_IsRefusedAndRecorded", "PUT /stash/a\n\nx", 403)
        {
            As = "reader",
            Code = "access.denied",
            Ledger = ["stash.put stash:a refused access.denied"],
        },
        new("Put_Nobody_IsUnauthorised", "PUT /stash/a\n\nx", 401)
        {
            As = "nobody",
            Code = "auth.required",
            Has = ["WWW-Authenticate: Bearer realm=\"baton\""],
        },
    ];

    static IEnumerable<Scenario> Conditions() =>
    [
        new("Put_IfMatchOfTheVersion_Writes", "PUT /stash/a\nIf-Match: \"1\"\n\nx", 200)
        {
            Given = ["PUT /stash/a\n\nx"],
            Ledger = ["stash.put stash:a v2"],
        },
        new("Put_IfMatchOfAnother_IsAMismatch", "PUT /stash/a\nIf-Match: \"7\"\n\nx", 412)
        {
            Given = ["PUT /stash/a\n\nx"],
            Code = "version.mismatch",
            Has = ["\"current_version\":1"],
        },
        new("Put_IfMatchAnyOfAbsent_IsAMismatchWithZero", "PUT /stash/a\nIf-Match: *\n\nx", 412)
        {
            Given = ["PUT /stash/a\n\nx", "DELETE /stash/a"],
            Code = "version.mismatch",
            Has = ["\"current_version\":0"],
        },
        new("Put_IfMatchAnyOfPresent_Writes", "PUT /stash/a\nIf-Match: *\n\nx", 200)
        {
            Given = ["PUT /stash/a\n\nx"],
            Ledger = ["stash.put stash:a v2"],
        },
        new("Put_IfMatchZeroOfAbsent_Creates", "PUT /stash/a\nIf-Match: \"0\"\n\nx", 201) { Ledger = ["stash.put stash:a v1"] },
        new("Put_IfNoneMatchAnyOfAbsent_Creates", "PUT /stash/a\nIf-None-Match: *\n\nx", 201) { Ledger = ["stash.put stash:a v1"] },
        new("Put_IfNoneMatchAnyOfPresent_IsAMismatch", "PUT /stash/a\nIf-None-Match: *\n\nx", 412)
        {
            Given = ["PUT /stash/a\n\nx"],
            Code = "version.mismatch",
            Has = ["\"current_version\":1"],
        },
        .. new[] { "W/\"1\"", "\"1-gzip\"", "\"1--gzip\"", "W/\"1;br\"" }.Select((tag, index) =>
            new Scenario($"Put_IfMatchAsAProxyMakesIt{index}_Writes", $"PUT /stash/a\nIf-Match: {tag}\n\nx", 200)
            {
                Given = ["PUT /stash/a\n\nx"],
                Ledger = ["stash.put stash:a v2"],
            }),
        .. new[] { "1", "\"1", "\"\"", "\"one\"", "\"1\", \"2\"", "\"-1\"", "\"99999999999999999999\"" }.Select((tag, index) =>
            new Scenario($"Put_IfMatchNotATag{index}_IsInvalidHeader", $"PUT /stash/a\nIf-Match: {tag}\n\nx", 400)
            {
                Given = ["PUT /stash/a\n\nx"],
                Code = "request.invalid_header",
                Has = ["header:If-Match"],
            }),
        new("Put_IfNoneMatchOfATag_IsInvalidHeader", "PUT /stash/a\nIf-None-Match: \"1\"\n\nx", 400)
        {
            Code = "request.invalid_header",
            Has = ["header:If-None-Match"],
        },
    ];

    static IEnumerable<Scenario> Append() =>
    [
        new("Append_Absent_Creates", "PATCH /stash/a/append\nContent-Type: text/plain\n\none\n", 201)
        {
            Has = ["\"version\":1", "\"size\":4", "\"content_type\":\"text/plain\""],
            Ledger = ["stash.append stash:a v1"],
        },
        new("Append_Present_AddsTheBytesAlone", "PATCH /stash/a/append\nContent-Type: text/html\n\ntwo", 200)
        {
            Given = ["PUT /stash/a?ttl=60\nContent-Type: text/plain\n\none"],
            Has = ["\"version\":2", "\"size\":6", "\"content_type\":\"text/plain\"", "ETag: \"2\""],
            HasNot = ["\"expires_at\":null"],
            Ledger = ["stash.append stash:a v2"],
        },
        new("Append_OverTheStashLimit_IsTooLarge", $"PATCH /stash/a/append\n\n{s_kilobyte}", 413)
        {
            Given = ["PUT /stash/a\n\n1"],
            Code = "stash.too_large",
            Has = ["1001 bytes; 1000 is the most"],
        },
        new("Append_OverTheBodyLimit_IsTooLarge", $"PATCH /stash/a/append\n\n{s_kilobyte}1", 413) { Code = "request.body_too_large" },
        new("Append_Mismatch_IsRefused", "PATCH /stash/a/append\nIf-Match: \"2\"\n\nx", 412)
        {
            Given = ["PUT /stash/a\n\n1"],
            Code = "version.mismatch",
        },
        new("Append_IfNoneMatchOfPresent_IsAMismatch", "PATCH /stash/a/append\nIf-None-Match: *\n\nx", 412)
        {
            Given = ["PUT /stash/a\n\n1"],
            Code = "version.mismatch",
        },
        new("Append_TooMuchForTheWorkspace_IsRefused", "PATCH /stash/f/append\n\nx", 409)
        {
            Given = [.. "abcde".Select(name => $"PUT /stash/{name}\n\n{s_kilobyte}")],
            Code = "workspace.full",
        },
        new("Append_UnknownSource_IsRefused", "PATCH /stash/a/append\nBaton-Sources: stash:no\n\nx", 422) { Code = "lineage.unknown_source" },
        new("Append_Reader_IsRefusedAndRecorded", "PATCH /stash/a/append\n\nx", 403)
        {
            As = "reader",
            Code = "access.denied",
            Ledger = ["stash.append stash:a refused access.denied"],
        },
        new("Append_BadName_IsInvalid", "PATCH /stash/%25/append\n\nx", 400) { Code = "request.invalid" },
    ];

    static IEnumerable<Scenario> Replace() =>
    [
        new("Replace_TextThatOccursOnce_IsReplaced", """
            PATCH /stash/a/replace

            {"old":"ö","new":"o"}
            """, 200)
        {
            Given = ["PUT /stash/a?ttl=60\nContent-Type: text/plain\n\nschön"],
            Has = ["\"version\":2", "\"size\":5", "\"content_type\":\"text/plain\""],
            HasNot = ["\"expires_at\":null"],
            Ledger = ["stash.replace stash:a v2"],
        },
        new("Replace_All_ReplacesEveryOccurrence", """
            PATCH /stash/a/replace

            {"old":"a","new":"","all":true}
            """, 200)
        {
            Given = ["PUT /stash/a\n\nbanana"],
            Has = ["\"size\":3"],
            Ledger = ["stash.replace stash:a v2"],
        },
        new("Replace_TextThatOccursTwice_IsAmbiguous", """
            PATCH /stash/a/replace

            {"old":"ana","new":"x"}
            """, 409)
        {
            Given = ["PUT /stash/a\n\nbanana"],
            Code = "stash.text_ambiguous",
        },
        new("Replace_TextThatDoesNotOccur_IsNotFound", """
            PATCH /stash/a/replace

            {"old":"B","new":"x","all":true}
            """, 404)
        {
            Given = ["PUT /stash/a\n\nbanana"],
            Code = "stash.text_not_found",
        },
        new("Replace_Absent_IsNotFound", """
            PATCH /stash/a/replace

            {"old":"B","new":"x"}
            """, 404) { Code = "stash.not_found" },
        new("Replace_InBytesThatAreNoText_IsRefused", """
            PATCH /stash/a/replace

            {"old":"B","new":"x"}
            """, 409)
        {
            Given = ["PUT /stash/a\n\n{binary}"],
            Code = "stash.not_text",
        },
        new("Replace_GrowingOverTheLimit_IsTooLarge", $$"""
            PATCH /stash/a/replace

            {"old":"x","new":"{{new string('y', 11)}}","all":true}
            """, 413)
        {
            Given = [$"PUT /stash/a\n\n{new string('x', 100)}"],
            Code = "stash.too_large",
        },
        new("Replace_Mismatch_IsRefused", """
            PATCH /stash/a/replace
            If-Match: "9"

            {"old":"a","new":"b"}
            """, 412)
        {
            Given = ["PUT /stash/a\n\na"],
            Code = "version.mismatch",
        },
        new("Replace_UnknownSource_IsRefused", """
            PATCH /stash/a/replace
            Baton-Sources: stash:no

            {"old":"a","new":"b"}
            """, 422)
        {
            Given = ["PUT /stash/a\n\na"],
            Code = "lineage.unknown_source",
        },
        new("Replace_TooMuchForTheWorkspace_IsRefused", """
            PATCH /stash/a/replace

            {"old":"x","new":"yy"}
            """, 409)
        {
            Given = ["PUT /stash/a\n\nx", .. "bcdef".Select(name => $"PUT /stash/{name}\n\n{(name == 'f' ? s_kilobyte[1..] : s_kilobyte)}")],
            Code = "workspace.full",
        },
        new("Replace_EmptyOld_IsInvalid", """
            PATCH /stash/a/replace

            {"old":"","new":"b"}
            """, 400)
        {
            Given = ["PUT /stash/a\n\na"],
            Code = "request.invalid",
            Has = ["\"pointer\":\"/old\""],
        },
        new("Replace_WithoutOld_IsInvalidJson", """
            PATCH /stash/a/replace

            {"new":"b"}
            """, 400)
        {
            Code = "request.invalid_json",
            Has = ["missing", "old"],
        },
        new("Replace_OfAnotherType_IsUnsupported", "PATCH /stash/a/replace\nContent-Type: text/plain\n\n{}", 415)
        {
            Code = "request.unsupported_media_type",
            Has = ["text/plain"],
        },
        new("Replace_TextInAnyCase_DistinguishesCase", """
            PATCH /stash/a/replace

            {"old":"A","new":"x"}
            """, 200)
        {
            Given = ["PUT /stash/a\n\naA"],
            Ledger = ["stash.replace stash:a v2"],
        },
    ];

    static IEnumerable<Scenario> Delete() =>
    [
        new("Delete_Present_AnswersTheVersionOfTheDeletion", "DELETE /stash/a", 200)
        {
            Given = ["PUT /stash/a\n\nx"],
            Has = ["ETag: \"2\"", "{\"version\":2,\"seq\":"],
            Ledger = ["stash.delete stash:a v2"],
        },
        new("Delete_Absent_IsNotFound", "DELETE /stash/a", 404) { Code = "stash.not_found", Has = ["There is no stash a."] },
        new("Delete_Twice_IsNotFound", "DELETE /stash/a", 404)
        {
            Given = ["PUT /stash/a\n\nx", "DELETE /stash/a"],
            Code = "stash.not_found",
        },
        new("Delete_IfMatchOfTheVersion_Deletes", "DELETE /stash/a\nIf-Match: \"1\"", 200)
        {
            Given = ["PUT /stash/a\n\nx"],
            Ledger = ["stash.delete stash:a v2"],
        },
        new("Delete_Mismatch_IsRefused", "DELETE /stash/a\nIf-Match: \"2\"", 412)
        {
            Given = ["PUT /stash/a\n\nx"],
            Code = "version.mismatch",
            Has = ["\"current_version\":1"],
        },
        new("Delete_IfMatchOfAbsent_IsAMismatchWithZero", "DELETE /stash/a\nIf-Match: \"1\"", 412)
        {
            Code = "version.mismatch",
            Has = ["\"current_version\":0"],
        },
        new("Delete_UnknownParameter_IsRefused", "DELETE /stash/a?force=1", 400)
        {
            Given = ["PUT /stash/a\n\nx"],
            Code = "request.unknown_parameter",
            Has = ["this route takes none"],
        },
        new("Delete_BadName_IsInvalid", "DELETE /stash/a%20b", 400) { Code = "request.invalid" },
    ];
}
