using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Schemas;

/// <summary>A stash that is bound to a schema, on every way in which it is written.</summary>
public sealed class BoundStashScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Findings =
        """
        POST /schema

        {"name":"findings","definition":{"type":"object","properties":{"topic":{"type":"string","maxLength":5}},"required":["topic"]},"target_type":"stash"}
        """;

    const string Number = "POST /schema\n\n{\"name\":\"number\",\"definition\":{\"type\":\"number\"}}";
    const string Bound = "PUT /stash/a?schema_id={schema1}\n\n{\"topic\":\"gaps\"}";

    internal static IReadOnlyList<Scenario> All { get; } = [.. Put(), .. Rewrite(), .. Ends()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task BoundStash_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static IEnumerable<Scenario> Put() =>
    [
        new("Bind_WhatFits_IsStored", "PUT /stash/a?schema_id={schema1}\nContent-Type: text/plain\n\n{\"topic\":\"gaps\"}", 201)
        {
            Given = [Findings],
            Has = ["\"schema_id\":\"{schema1}\"", "\"content_type\":\"text/plain\""],
            Ledger = ["stash.put stash:a v1"],
        },
        new("Bind_WhatDoesNotFit_IsRefused", "PUT /stash/a?schema_id={schema1}\nContent-Type: text/plain\n\n{\"topic\":\"too long\"}", 422)
        {
            Given = [Findings],
            Code = "schema.violation",
            Has = ["\"pointer\":\"/topic\"", "\"keyword\":\"maxLength\"", "\"message\":\""],
        },
        new("Bind_WhatIsNoJson_IsRefused", "PUT /stash/a?schema_id={schema1}\nContent-Type: text/markdown\n\n# Report", 422)
        {
            Given = [Findings],
            Code = "schema.violation",
            Has = ["\"keyword\":\"json\""],
        },
        new("Bind_ToNoSchema_IsNotFound", "PUT /stash/a?schema_id=sch_0\n\n{}", 404) { Code = "schema.not_found", Has = ["There is no schema sch_0."] },
        new("Bind_ToAName_IsInvalid", "PUT /stash/a?schema_id=findings\n\n{}", 400) { Code = "request.invalid", Has = ["query:schema_id"] },
        new("Bind_ToASchemaOfStreams_IsRefused", "PUT /stash/a?schema_id={schema1}\n\n{}", 422)
        {
            Given = ["POST /schema\n\n{\"name\":\"s\",\"definition\":true,\"target_type\":\"stream\"}"],
            Code = "schema.wrong_target",
            Has = ["target_type stream"],
        },
        new("Bind_MistypedParameter_NamesTheNearest", "PUT /stash/a?schemaid=sch_0\n\n{}", 400)
        {
            Code = "request.unknown_parameter",
            Has = ["did you mean `schema_id`?"],
        },
        new("Put_Bound_StaysBound", "PUT /stash/a\n\n{\"topic\":\"x\"}", 200)
        {
            Given = [Findings, Bound],
            Has = ["\"schema_id\":\"{schema1}\""],
            Ledger = ["stash.put stash:a v2"],
        },
        new("Put_BoundWithWhatDoesNotFit_IsRefused", "PUT /stash/a\n\n{}", 422)
        {
            As = "planner",
            Given = [Findings, Bound],
            Code = "schema.violation",
            Has = ["\"keyword\":\"required\""],
        },
        new("Put_BoundToAnother_IsCheckedByThatOne", "PUT /stash/a?schema_id={schema2}\n\n12", 200)
        {
            Given = [Findings, Bound, Number],
            Has = ["\"schema_id\":\"{schema2}\""],
            Ledger = ["stash.put stash:a v2"],
        },
        new("Put_BoundToAnotherThatItDoesNotFit_IsRefused", "PUT /stash/a?schema_id={schema2}\n\n{\"topic\":\"x\"}", 422)
        {
            Given = [Findings, Bound, Number],
            Code = "schema.violation",
        },
        new("Put_Unbinding_TakesAnything", "PUT /stash/a?schema_id=\n\n# Report", 200)
        {
            Given = [Findings, Bound],
            Has = ["\"schema_id\":null"],
            Ledger = ["stash.put stash:a v2"],
        },
        new("Put_OfAnotherVersionThanExpected_IsAMismatchFirst", "PUT /stash/a\nIf-Match: \"7\"\n\n{}", 412)
        {
            Given = [Findings, Bound],
            Code = "version.mismatch",
        },
        new("Put_ReplayedAfterTheStashWasBound_IsTheFirstAnswer", "PUT /stash/a\nIdempotency-Key: one\n\nfree text", 201)
        {
            Given =
            [
                Findings, "PUT /stash/a\nIdempotency-Key: one\n\nfree text", "PUT /stash/a?schema_id={schema1}\n\n{\"topic\":\"x\"}",
            ],
            Has = ["Idempotency-Replayed: true", "\"version\":1"],
        },
    ];

    static IEnumerable<Scenario> Rewrite() =>
    [
        new("Append_WhatMakesItFit_IsStored", "PATCH /stash/n/append\n\n2", 200)
        {
            Given = [Number, "PUT /stash/n?schema_id={schema1}\n\n1"],
            Has = ["\"schema_id\":\"{schema1}\"", "\"size\":2"],
            Ledger = ["stash.append stash:n v2"],
        },
        new("Append_WhatMakesItUnfit_IsRefused", "PATCH /stash/n/append\n\n,2", 422)
        {
            Given = [Number, "PUT /stash/n?schema_id={schema1}\n\n1"],
            Code = "schema.violation",
        },
        new("Replace_WithWhatFits_IsStored", "PATCH /stash/a/replace\n\n{\"old\":\"gaps\",\"new\":\"gap\"}", 200)
        {
            Given = [Findings, Bound],
            Has = ["\"schema_id\":\"{schema1}\""],
            Ledger = ["stash.replace stash:a v2"],
        },
        new("Replace_WithWhatDoesNotFit_IsRefused", "PATCH /stash/a/replace\n\n{\"old\":\"gaps\",\"new\":\"many gaps\"}", 422)
        {
            Given = [Findings, Bound],
            Code = "schema.violation",
            Has = ["\"pointer\":\"/topic\""],
        },
        new("Replace_OfTextThatIsNotThere_SaysSoFirst", "PATCH /stash/a/replace\n\n{\"old\":\"nothing\",\"new\":\"\"}", 404)
        {
            Given = [Findings, Bound],
            Code = "stash.text_not_found",
        },
        new("Replace_ReplayedAfterItWasDone_IsTheFirstAnswer", "PATCH /stash/a/replace\nIdempotency-Key: one\n\n{\"old\":\"gaps\",\"new\":\"g\"}", 200)
        {
            Given = [Findings, Bound, "PATCH /stash/a/replace\nIdempotency-Key: one\n\n{\"old\":\"gaps\",\"new\":\"g\"}"],
            Has = ["Idempotency-Replayed: true", "\"version\":2"],
        },
    ];

    static IEnumerable<Scenario> Ends() =>
    [
        new("Recreate_AfterDeletion_IsBoundNoMore", "PUT /stash/a\n\nfree text", 201)
        {
            Given = [Findings, Bound, "DELETE /stash/a"],
            Has = ["\"schema_id\":null"],
            Ledger = ["stash.put stash:a v3"],
        },
        new("DeleteSchema_AfterTheStashWasDeleted_IsGone", "DELETE /schema/{schema1}", 200)
        {
            Given = [Findings, Bound, "DELETE /stash/a"],
            Ledger = ["schema.delete schema:{schema1} v1"],
        },
        new("DeleteSchema_AfterTheStashWasUnbound_IsGone", "DELETE /schema/{schema1}", 200)
        {
            Given = [Findings, Bound, "PUT /stash/a?schema_id=\n\nx"],
            Ledger = ["schema.delete schema:{schema1} v1"],
        },
        new("DeleteSchema_AfterTheStashWasBoundToAnother_IsGone", "DELETE /schema/{schema1}", 200)
        {
            Given = [Findings, Bound, Number, "PUT /stash/a?schema_id={schema2}\n\n1"],
            Ledger = ["schema.delete schema:{schema1} v1"],
        },
        new("DeleteSchema_AfterManyWritesOfTheStash_IsStillInUse", "DELETE /schema/{schema1}", 409)
        {
            Given = [Number, "PUT /stash/a?schema_id={schema1}&ttl=60\n\n1", "PUT /stash/a\n\n2", "PATCH /stash/a/append\n\n3", "PUT /stash/a?ttl=90\n\n4"],
            Code = "schema.in_use",
            Has = ["used by stash:a."],
        },
        new("List_OfStashes_ShowsTheSchema", "GET /stashes", 200) { Given = [Findings, Bound], Has = ["\"schema_id\":\"{schema1}\""] },
        new("Events_OfABinding_TellTheSchema", "GET /events?resource=stash:a", 200)
        {
            Given = [Findings, Bound, "PUT /stash/a\n\n{\"topic\":\"x\"}", "PUT /stash/a?schema_id=\n\nx"],
            Has = ["\"schema_id\":\"{schema1}\",\"size\":16", "\"schema_id\":\"\",\"size\":1"],
        },
    ];
}
