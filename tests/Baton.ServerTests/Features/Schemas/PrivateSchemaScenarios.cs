using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Schemas;

/// <summary>A private schema is there for its maker and for admins. Nobody else learns of it.</summary>
public sealed class PrivateSchemaScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Secret =
        "planner> POST /schema\n\n{\"name\":\"secret\",\"description\":\"Plans\",\"definition\":{\"type\":\"string\"},\"visibility\":\"private\"}";

    const string Public = "admin> POST /schema\n\n{\"name\":\"secret\",\"definition\":{\"type\":\"null\"}}";

    internal static IReadOnlyList<Scenario> All { get; } = [.. Maker(), .. Admin(), .. Others(), .. References()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task PrivateSchema_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static IEnumerable<Scenario> Maker() =>
    [
        new("Private_Registered_TellsItsMaker", Secret["planner> ".Length..], 201)
        {
            As = "planner",
            Has = ["\"visibility\":\"private\"", "\"created_by\":\"planner\""],
            // The reader who looks at the ledger sees that something was committed, and not what.
            Ledger = ["hidden"],
        },
        new("Private_ForItsMaker_IsFoundByNameFirst", "GET /schema/secret", 200)
        {
            As = "planner",
            Given = [Public, Secret],
            Has = ["{schema2}", "\"visibility\":\"private\""],
            HasNot = ["{schema1}"],
        },
        new("Private_ForItsMakerByAnotherKey_IsTheAgents", "GET /schema/{schema1}\nBaton-Agent: planner", 200) { Given = [Secret], Has = ["Plans"] },
        new("Private_OfAKey_IsTheKeys", "GET /schema/mine", 200)
        {
            Given = ["POST /schema\n\n{\"name\":\"mine\",\"definition\":true,\"visibility\":\"private\"}"],
            Has = ["\"created_by\":\"{agent_id}\""],
        },
        new("Private_OfAKey_IsNotItsAgents", "GET /schema/mine\nBaton-Agent: writer", 404)
        {
            Given = ["POST /schema\n\n{\"name\":\"mine\",\"definition\":true,\"visibility\":\"private\"}"],
            Code = "schema.not_found",
        },
        new("Private_InALists_IsBesideThePublicOne", "GET /schemas?q=SECRET", 200)
        {
            As = "planner",
            Given = [Public, Secret],
            Has = ["{schema1}", "{schema2}"],
        },
        new("Private_InDiscovery_IsThereForItsMaker", "GET /discover?type=schema&q=plans", 200)
        {
            As = "planner",
            Given = [Secret],
            Has = ["{schema1}"],
        },
        new("Private_Versions_AreItsMakers", "GET /schema/secret/versions", 200) { As = "planner", Given = [Public, Secret], Has = ["{schema2}"], HasNot = ["{schema1}"] },
        new("Private_DeletedByItsMaker_IsGone", "DELETE /schema/{schema1}", 200) { As = "planner", Given = [Secret], Ledger = ["hidden"] },
        new("Private_InTheFeed_IsThereForItsMaker", "GET /events?resource=schema:*", 200)
        {
            As = "planner",
            Given = [Secret],
            Has = ["\"resource\":\"schema:{schema1}/planner\"", "\"action\":\"schema.create\""],
        },
    ];

    static IEnumerable<Scenario> Admin() =>
    [
        new("Private_ForAnAdmin_IsThereById", "GET /schema/{schema1}", 200) { As = "admin", Given = [Secret], Has = ["Plans"] },
        new("Private_ForAnAdmin_IsInTheList", "GET /schemas", 200) { As = "admin", Given = [Public, Secret], Has = ["{schema1}", "{schema2}"] },
        new("Private_ForAnAdmin_GoesOnBehindIt", "GET /schemas?cursor={cursor schema.list secret/planner}", 200)
        {
            As = "admin",
            Given = [Secret, "POST /schema\n\n{\"name\":\"t\",\"definition\":true}"],
            Has = ["{schema2}"],
            HasNot = ["{schema1}"],
        },
        new("Private_ForAnAdmin_IsInTheFeed", "GET /events?resource=schema:*", 200) { As = "admin", Given = [Secret], Has = ["schema:{schema1}/planner"] },
        new("Private_DeletedByAnAdmin_IsGone", "DELETE /schema/{schema1}", 200) { As = "admin", Given = [Secret], Ledger = ["hidden"] },
    ];

    static IEnumerable<Scenario> Others() =>
    [
        Absent("Private_ByIdForAnother_IsAbsent", "GET /schema/{schema1}"),
        Absent("Private_ByNameForAnother_IsAbsent", "GET /schema/secret"),
        Absent("Private_VersionsForAnother_AreAbsent", "GET /schema/secret/versions"),
        Absent("Private_DryRunForAnother_IsAbsent", "POST /schema/{schema1}/validate\n\n1"),
        Absent("Private_DeletedByAnother_IsAbsent", "DELETE /schema/{schema1}"),
        Absent("Private_BoundByAnother_IsAbsent", "PUT /stash/a?schema_id={schema1}\n\n\"x\""),
        Absent("Private_ForAReader_IsAbsent", "GET /schema/{schema1}") with { As = "reader" },
        Absent("Private_ForAnotherAgent_IsAbsent", "GET /schema/{schema1}\nBaton-Agent: writer"),
        Hidden("Private_InAnothersList_IsAbsent", "GET /schemas"),
        Hidden("Private_InAnothersListOfOne_LeavesNoCursor", "GET /schemas?limit=1") with
        {
            Given = [Secret, "POST /schema\n\n{\"name\":\"a\",\"definition\":true}"],
            Has = ["{schema2}", "\"next_cursor\":null"],
        },
        Hidden("Private_InAnothersDiscovery_IsAbsent", "GET /discover"),
        Hidden("Private_InAnothersFeed_IsRedacted", "GET /events") with { Has = ["{\"seq\":6,\"commit_seq\":6,\"prev_hash\":"] },
        Hidden("Private_InAnothersFilteredFeed_IsLeftOut", "GET /events?resource=schema:*") with { Has = ["\"items\":[]"] },
        Hidden("Private_InTheFeedByItsAgent_IsLeftOut", "GET /events?agent_id=planner") with { Has = ["\"items\":[]"] },
        new("Private_NameForAnother_IsFree", "POST /schema\n\n{\"name\":\"secret\",\"definition\":{\"type\":\"null\"}}", 201)
        {
            Given = [Secret],
            Has = ["\"version\":1", "\"visibility\":\"public\""],
            Ledger = ["schema.create schema:sch_* v1"],
        },
        new("Private_NameOfAnother_MeansThePublicOne", "GET /schema/secret", 200) { Given = [Public, Secret], Has = ["{schema1}"], HasNot = ["{schema2}"] },
        new("Private_BoundByItsMaker_ChecksEverybody", "PUT /stash/a\n\n1", 422)
        {
            Given = [Secret, "planner> PUT /stash/a?schema_id={schema1}\n\n\"x\""],
            Code = "schema.violation",
            Has = ["\"keyword\":\"type\""],
            HasNot = ["{schema1}", "secret"],
        },
        new("Private_BoundByItsMaker_IsNotShownToOthers", "PUT /stash/a\n\n\"y\"", 200)
        {
            Given = [Secret, "planner> PUT /stash/a?schema_id={schema1}\n\n\"x\""],
            Has = ["\"schema_id\":null"],
            HasNot = ["{schema1}"],
            Ledger = ["stash.put stash:a v2"],
        },
        new("Private_BoundByItsMaker_IsShownToIt", "GET /stashes", 200)
        {
            As = "planner",
            Given = [Secret, "PUT /stash/a?schema_id={schema1}\n\n\"x\"", "agent> PUT /stash/a\n\n\"y\""],
            Has = ["\"schema_id\":\"{schema1}\""],
        },
        Hidden("Private_BoundByItsMaker_IsNotInTheListOfOthers", "GET /stashes") with
        {
            Given = [Secret, "planner> PUT /stash/a?schema_id={schema1}&discoverable=true\n\n\"x\""],
            Has = ["\"schema_id\":null"],
        },
        Hidden("Private_BoundByItsMaker_IsNotInTheirDiscovery", "GET /discover") with
        {
            Given = [Secret, "planner> PUT /stash/a?schema_id={schema1}&discoverable=true\n\n\"x\""],
            Has = ["\"name\":\"a\""],
        },
        Hidden("Private_BoundByItsMaker_IsNotInTheirFeed", "GET /events") with
        {
            Given = [Secret, "planner> PUT /stash/a?schema_id={schema1}\n\n\"x\"", "planner> PUT /stash/a?schema_id=\n\nx", "planner> DELETE /schema/{schema1}"],
            Has = ["\"resource\":\"stash:a\""],
        },
    ];

    static IEnumerable<Scenario> References() =>
    [
        new("Private_ReferredToByAPublicOne_IsInvalid", "POST /schema\n\n{\"name\":\"p\",\"definition\":{\"$ref\":\"baton:schema/secret\"}}", 422)
        {
            As = "planner",
            Given = [Secret],
            Code = "schema.invalid",
            Has = ["can refer to public ones only"],
        },
        new("Private_ReferredToByAnother_LooksLikeNothing",
            "POST /schema\n\n{\"name\":\"p\",\"definition\":{\"$ref\":\"baton:schema/{schema1}\"},\"visibility\":\"private\"}", 422)
        {
            Given = [Secret],
            Code = "schema.invalid",
            Has = ["register it first"],
            HasNot = ["private"],
        },
        new("Private_ReferringToItsLike_IsRegistered",
            "POST /schema\n\n{\"name\":\"p\",\"definition\":{\"$ref\":\"baton:schema/secret\"},\"visibility\":\"private\"}", 201)
        {
            As = "planner",
            Given = [Public, Secret],
            Ledger = ["hidden"],
        },
        new("Public_ReferringByAPrivateName_MeansThePublicOne", "POST /schema\n\n{\"name\":\"p\",\"definition\":{\"$ref\":\"baton:schema/secret\"}}", 201)
        {
            As = "planner",
            Given = [Public, Secret],
            Ledger = ["schema.create schema:sch_* v1 by planner"],
        },
        new("Public_UsedByAPrivateOne_DoesNotTellWhich", "DELETE /schema/{schema1}", 409)
        {
            Given =
            [
                Public, "planner> POST /schema\n\n{\"name\":\"p\",\"definition\":{\"$ref\":\"baton:schema/secret\"},\"visibility\":\"private\"}",
            ],
            Code = "schema.in_use",
            Has = ["something that is not shown to you"],
            HasNot = ["{schema2}", "planner"],
        },
    ];

    static Scenario Absent(string name, string send) => new(name, send, 404)
    {
        Given = [Secret],
        Code = "schema.not_found",
        HasNot = ["private", "planner", "Plans"],
    };

    static Scenario Hidden(string name, string send) => new(name, send, 200)
    {
        Given = [Secret],
        HasNot = ["{schema1}", "secret", "Plans", "schema.create", "schema.delete"],
    };
}
