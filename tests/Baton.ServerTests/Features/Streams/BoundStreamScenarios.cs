using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Streams;

/// <summary>Streams that are bound to a schema, and streams in discovery.</summary>
public sealed class BoundStreamScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Schema = """
        POST /schema

        {"name":"report","definition":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}}
        """;

    const string ForStashes = "POST /schema\n\n{\"name\":\"report\",\"definition\":true,\"target_type\":\"stash\"}";
    const string Private = "planner> POST /schema\n\n{\"name\":\"report\",\"definition\":{\"type\":\"object\"},\"visibility\":\"private\"}";
    const string Log = "POST /stream\n\n{\"name\":\"log\",\"schema_id\":\"{schema1}\"}";
    const string Good = "POST /stream/log\n\n{\"data\":{\"n\":1}}";

    static readonly string[] s_given =
    [
        Schema, "POST /stream\n\n{\"name\":\"a\",\"discoverable\":true,\"linked_stash\":\"report\"}", "POST /stream\n\n{\"name\":\"hidden\"}",
        "POST /stream\n\n{\"name\":\"b\",\"discoverable\":true,\"schema_id\":\"{schema1}\",\"ttl\":60}", "POST /stream\n\n{\"name\":\"gone\",\"discoverable\":true}",
        "DELETE /stream/gone", "POST /stream/b\n\n{\"data\":{\"n\":1},\"label\":\"done\"}", "PUT /stash/s?discoverable=true\n\nx",
    ];

    internal static IReadOnlyList<Scenario> All { get; } = [.. Bound(), .. Discovered()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Bound_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static IEnumerable<Scenario> Bound() =>
    [
        new("BoundStream_Created_TellsItsSchema", Log, 201)
        {
            Given = [Schema],
            Has = ["\"schema_id\":\"{schema1}\""],
            Ledger = ["stream.create stream:str_* v1"],
        },
        new("BoundStream_ToAnUnknownSchema_IsNotFound", "POST /stream\n\n{\"name\":\"log\",\"schema_id\":\"sch_nobodys\"}", 404) { Code = "schema.not_found" },
        new("BoundStream_ToANameOfASchema_IsInvalid", "POST /stream\n\n{\"name\":\"log\",\"schema_id\":\"report\"}", 400)
        {
            Given = [Schema],
            Code = "request.invalid",
            Has = ["/schema_id"],
        },
        new("BoundStream_ToASchemaForStashes_IsRefused", Log, 422) { Given = [ForStashes], Code = "schema.wrong_target" },
        new("BoundStream_ToAPrivateSchemaOfAnother_IsNotFound", Log, 404) { Given = [Private], Code = "schema.not_found" },
        new("BoundStream_ToAPrivateSchema_HidesItFromOthers", "GET /streams", 200)
        {
            As = "agent",
            Given = [Private, "planner> POST /stream\n\n{\"name\":\"log\",\"schema_id\":\"{schema1}\"}"],
            Has = ["\"schema_id\":null"],
        },
        new("BoundStream_EntryThatFits_IsAppended", Good, 201) { Given = [Schema, Log], Ledger = ["stream.append stream:str_* v2 x1"] },
        new("BoundStream_EntryThatDoesNotFit_IsRefusedWithItsPlace", "POST /stream/log\n\n{\"data\":{\"n\":\"one\"}}", 422)
        {
            Given = [Schema, Log],
            Code = "schema.violation",
            Has = ["\"pointer\":\"/data/n\"", "\"keyword\":\"type\""],
        },
        new("BoundStream_OneOfABatchThatDoesNotFit_AppendsNone", "POST /stream/log\n\n[{\"data\":{\"n\":1}},{\"data\":{}},{\"data\":{\"n\":0.5}}]", 422)
        {
            Given = [Schema, Log, Good],
            Code = "schema.violation",
            Has = ["\"pointer\":\"/1/data", "\"pointer\":\"/2/data/n\""],
            HasNot = ["\"pointer\":\"/0"],
        },
        new("BoundStream_CreatedAnewUnbound_TakesAnything", "POST /stream/log\n\n{\"data\":\"any\"}", 201)
        {
            Given = [Schema, Log, Good, "DELETE /stream/log", "POST /stream\n\n{\"name\":\"log\"}"],
            Ledger = ["stream.append stream:str_* v2 x1"],
        },
        new("BoundStream_CreatedAnewBound_IsChecked", "POST /stream/log\n\n{\"data\":\"any\"}", 422)
        {
            Given = [Schema, "POST /stream\n\n{\"name\":\"log\"}", Good, "DELETE /stream/log", Log],
            Code = "schema.violation",
            Has = ["\"pointer\":\"/data\""],
        },
        new("BoundStream_OfALivingStream_KeepsItsSchema", "DELETE /schema/{schema1}", 409) { Given = [Schema, Log], Code = "schema.in_use" },
        new("BoundStream_Deleted_LetsItsSchemaGo", "DELETE /schema/{schema1}", 200)
        {
            Given = [Schema, Log, "DELETE /stream/log"],
            Ledger = ["schema.delete schema:* v1"],
        },
        new("BoundStream_IfMissingWithAnother_Differs", "POST /stream\n\n{\"name\":\"log\",\"schema_id\":\"{schema1}\",\"create_if_missing\":true}", 200)
        {
            Given = [Schema, "POST /stream\n\n{\"name\":\"log\"}"],
            Has = ["\"differs\":[\"schema_id\"]"],
        },
    ];

    static IEnumerable<Scenario> Discovered() =>
    [
        new("DiscoverStreams_OneType_ShowsTheDiscoverable", "GET /discover?type=stream", 200)
        {
            As = "reader",
            Given = s_given,
            Has =
            [
                "{\"items\":[{\"type\":\"stream\",\"name\":\"a\",\"id\":\"str_", "\"linked_stash\":\"report\"", "\"name\":\"b\"", "\"schema_id\":\"{schema1}\"",
                "\"expires_at\":", "\"next_cursor\":null}",
            ],
            HasNot = ["hidden", "gone"],
        },
        new("DiscoverStreams_ByLabel_ShowsThoseWithSuchEntries", "GET /discover?label=done", 200)
        {
            Given = s_given,
            Has = ["\"name\":\"b\""],
            HasNot = ["\"name\":\"a\"", "stash", "\"schema\""],
        },
        new("DiscoverStreams_LinkedTo_ShowsThoseAboutIt", "GET /discover?linked_to=report", 200)
        {
            Given = s_given,
            Has = ["\"name\":\"a\""],
            HasNot = ["\"name\":\"b\""],
        },
        new("DiscoverStreams_FullPage_GoesOn", "GET /discover?type=stream&limit=1", 200)
        {
            Given = s_given,
            Has = ["\"name\":\"a\"", "\"next_cursor\":\""],
            HasNot = ["\"name\":\"b\""],
        },
        new("DiscoverStreams_AfterACursor_ShowsTheRest", "GET /discover?type=stream&cursor={cursor discovery.list stream:a/str_zzzzzzzzzzzzzzzzzzzz}", 200)
        {
            Given = s_given,
            Has = ["\"name\":\"b\"", "\"next_cursor\":null"],
            HasNot = ["\"name\":\"a\""],
        },
    ];
}
