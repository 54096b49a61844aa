using System.Text;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http;

/// <summary>JSON is read strictly, and every mistake is named.</summary>
public sealed class JsonBodyScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    internal static IReadOnlyList<Scenario> All { get; } =
    [
        Bad("UnknownMember", """{"old":"a","new":"b","al":true}""", "did you mean \\\"all\\\"?", "\"pointer\":\"/al\""),
        Bad("UnknownMemberLikeNoOther", """{"old":"a","new":"b","zzzzzzzz":true}""", "known here: old, new, all"),
        Bad("MemberInAnotherCase", """{"Old":"a","new":"b"}""", "did you mean \\\"old\\\"?"),
        Bad("MemberTwice", """{"old":"a","old":"a","new":"b"}""", "given twice"),
        Bad("MemberTwiceByEscape", """{"old":"a","\u006fld":"a","new":"b"}""", "given twice"),
        Bad("NullForAText", """{"old":null,"new":"b"}""", "must not be null"),
        Bad("NumberForAText", """{"old":1,"new":"b"}""", "wrong type", "\"pointer\":\"/old\""),
        Bad("TextForABoolean", """{"old":"a","new":"b","all":"true"}""", "wrong type", "\"pointer\":\"/all\""),
        Bad("NullBody", "null", "body is null"),
        Bad("ArrayBody", "[]", "wrong type"),
        Bad("EmptyBody", "", "not JSON"),
        Bad("HalfABody", """{"old":"a",""", "not JSON"),
        Bad("TwoBodies", """{"old":"a","new":"b"}{}""", "not JSON"),
        Bad("Comment", """{"old":"a","new":"b"/* all */}""", "not JSON"),
        Bad("TrailingComma", """{"old":"a","new":"b",}""", "not JSON"),
        Bad("LoneSurrogate", """{"old":"\ud800","new":"b"}"""),
        Bad("LoneLowSurrogate", """{"old":"a","new":"\udc00"}"""),
        Bad("DeepNesting", $$"""{"old":"a","new":"b","x":{{new string('[', 1000)}}{{new string(']', 1000)}}}"""),
        Bad("BadUtf8") with { Bytes = [.. "{\"old\":\"a"u8, 0xFF, .. "\",\"new\":\"b\"}"u8] },
        Bad("OverlongUtf8") with { Bytes = [.. "{\"old\":\"a"u8, 0xC0, 0x80, .. "\",\"new\":\"b\"}"u8] },
        Bad("SurrogateInUtf8") with { Bytes = [.. "{\"old\":\"a"u8, 0xED, 0xA0, 0x80, .. "\",\"new\":\"b\"}"u8] },
        Bad("ByteOrderMark", has: "byte order mark") with { Bytes = [0xEF, 0xBB, 0xBF, .. """{"old":"a","new":"b"}"""u8] },
        Bad("Utf16") with { Bytes = Encoding.Unicode.GetBytes("""{"old":"a","new":"b"}""") },
        Good("CharsetInTheType", "Application/JSON; charset=utf-8", """{"old":"a","new":"b"}"""),
        Good("EscapedText", "application/json", """{"old":"\u0061","new":"\ud83d\ude00"}"""),
        Good("WhitespaceAround", "application/json", "\r\n {\"old\":\"a\",\"new\":\"b\"} \n"),
        Other("FormType", "application/x-www-form-urlencoded"),
        Other("PatchType", "application/merge-patch+json"),
    ];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task JsonBody_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static Scenario Bad(string name, string body = "", params string[] has) =>
        new($"JsonBody_{name}_IsInvalid", $"PATCH /stash/a/replace\nContent-Type: application/json\n\n{body}", 400)
        {
            Given = ["PUT /stash/a\n\na"],
            Code = "request.invalid_json",
            Has = [.. has, "\"errors\":[{\"pointer\":\""],
            HasNot = ["System.", "Baton.", "ReplaceRequest"],
        };

    static Scenario Good(string name, string type, string body) =>
        new($"JsonBody_{name}_IsTaken", $"PATCH /stash/a/replace\nContent-Type: {type}\n\n{body}", 200)
        {
            Given = ["PUT /stash/a\n\na"],
            Ledger = ["stash.replace stash:a v2"],
        };

    static Scenario Other(string name, string type) =>
        new($"JsonBody_{name}_IsUnsupported", $"PATCH /stash/a/replace\nContent-Type: {type}\n\n{{}}", 415)
        {
            Code = "request.unsupported_media_type",
            Has = [type],
        };
}
