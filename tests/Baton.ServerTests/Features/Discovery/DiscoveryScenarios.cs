using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Discovery;

/// <summary>What `/discover` finds, and what it does not.</summary>
public sealed class DiscoveryScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static readonly string[] s_given =
    [
        "PUT /stash/market-report?discoverable=true\nContent-Type: text/markdown\n\n# Report", "PUT /stash/draft\n\nx",
        "PUT /stash/gone?discoverable=true\n\nx", "DELETE /stash/gone", "PUT /stash/hidden?discoverable=true\n\nx",
        "PUT /stash/hidden?discoverable=false\n\nx", "PUT /stash/notes?discoverable=true&ttl=600\n\nx",
        "POST /schema\n\n{\"name\":\"report\",\"description\":\"The Market in words\",\"definition\":true,\"target_type\":\"stash\"}",
        "POST /schema\n\n{\"name\":\"other\",\"definition\":true}",
    ];

    internal static IReadOnlyList<Scenario> All { get; } =
    [
        new("Discover_Everything_IsByTypeThenByName", "GET /discover", 200)
        {
            As = "reader",
            Given = s_given,
            Has =
            [
                "\"items\":[{\"type\":\"schema\",\"name\":\"other\",\"id\":\"{schema2}\"", "\"name\":\"report\"", "\"type\":\"stash\",\"name\":\"market-report\"",
                "\"name\":\"notes\"", "\"expires_at\":", "\"content_type\":\"text/markdown\"", "\"next_cursor\":null", "Baton-Seq",
            ],
            HasNot = ["draft", "gone", "hidden"],
        },
        new("Discover_ByText_LooksInNamesAndDescriptions", "GET /discover?q=MARKET", 200)
        {
            Given = s_given,
            Has = ["\"name\":\"report\"", "\"description\":\"The Market in words\"", "\"name\":\"market-report\""],
            HasNot = ["other", "notes"],
        },
        new("Discover_OneType_LeavesOutTheOthers", "GET /discover?type=stash", 200)
        {
            Given = s_given,
            Has = ["market-report", "notes"],
            HasNot = ["\"type\":\"schema\""],
        },
        new("Discover_PageWithinAType_GoesOn", "GET /discover?limit=1&cursor={cursor discovery.list schema:other}", 200)
        {
            Given = s_given,
            Has = ["\"name\":\"report\"", "\"next_cursor\":\"{cursor discovery.list stash:}\""],
            HasNot = ["market-report", "other"],
        },
        new("Discover_PageAtTheEdgeOfTypes_GoesOn", "GET /discover?limit=1&cursor={cursor discovery.list stash:}", 200)
        {
            Given = s_given,
            Has = ["\"name\":\"market-report\"", "\"next_cursor\":\"{cursor discovery.list stash:market-report}\""],
        },
        new("Discover_PageAcrossTypes_HasBoth", "GET /discover?limit=2&cursor={cursor discovery.list schema:other}", 200)
        {
            Given = s_given,
            Has = ["\"name\":\"report\"", "\"name\":\"market-report\""],
            HasNot = ["notes"],
        },
        new("Discover_LinkedTo_AsksForStreams", "GET /discover?linked_to=market-report", 200) { Given = s_given, HasNot = ["\"type\":\"stash\"", "\"type\":\"schema\""] },
        new("Discover_Label_AsksForStreams", "GET /discover?label=done", 200) { Given = s_given, HasNot = ["\"type\":\"stash\"", "\"type\":\"schema\""] },
        new("Discover_UnknownType_IsInvalid", "GET /discover?type=table", 400) { Code = "request.invalid", Has = ["one of: schema, stash"] },
        new("Discover_WrongCursor_IsInvalid", "GET /discover?cursor=x", 400) { Code = "request.invalid", Has = ["query:cursor"] },
        new("Discover_LongText_IsInvalid", $"GET /discover?q={new string('q', 129)}", 400) { Code = "request.invalid", Has = ["query:q"] },
        new("Discover_MistypedParameter_NamesTheNearest", "GET /discover?labels=x", 400)
        {
            Code = "request.unknown_parameter",
            Has = ["did you mean `label`?"],
        },
    ];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Discovery_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);
}
