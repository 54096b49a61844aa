using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Streams;

/// <summary>Readers' places, kept by the server: durable, but not in the ledger.</summary>
public sealed class CursorScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Log = "POST /stream\n\n{\"name\":\"log\"}";
    const string One = "POST /stream/log\n\n{\"data\":1}";
    const string Set = "PUT /stream/log/cursors/me\n\n{\"entry_id\":1}";

    internal static IReadOnlyList<Scenario> All { get; } =
    [
        new("SetCursor_New_IsKeptOutsideTheLedger", Set, 200)
        {
            As = "planner",
            Given = [Log, One],
            Has = ["{\"consumer\":\"me\",\"entry_id\":1,\"updated_at\":\"", "\"updated_by\":\"planner\"}"],
            HasNot = ["seq", "Baton-Seq"],
        },
        new("SetCursor_Backwards_IsTheReadersOwnMatter", "PUT /stream/log/cursors/me\n\n{\"entry_id\":0}", 200)
        {
            Given = [Log, One, Set],
            Has = ["\"entry_id\":0"],
        },
        new("SetCursor_BeyondTheNewest_IsAhead", "PUT /stream/log/cursors/me\n\n{\"entry_id\":2}", 409)
        {
            Given = [Log, One],
            Code = "cursor.ahead",
            Has = ["\"head\":1"],
        },
        new("SetCursor_Negative_IsInvalid", "PUT /stream/log/cursors/me\n\n{\"entry_id\":-1}", 400)
        {
            Given = [Log],
            Code = "request.invalid",
            Has = ["/entry_id"],
        },
        new("SetCursor_OfAStreamThatIsNotThere_IsNotFound", Set, 404) { Code = "stream.not_found" },
        new("SetCursor_OfNoName_IsInvalid", "PUT /stream/log/cursors/a%20b\n\n{\"entry_id\":0}", 400) { Given = [Log], Code = "request.invalid" },
        new("SetCursor_Reader_IsRefusedAndRecorded", Set, 403)
        {
            As = "reader",
            Given = [Log, One],
            Code = "access.denied",
            Ledger = ["stream.set_cursor stream:log refused access.denied"],
        },
        new("Cursors_OfAStream_AreListedByName", "GET /stream/log/cursors", 200)
        {
            Given = [Log, One, Set, "PUT /stream/log/cursors/b\n\n{\"entry_id\":0}", "PUT /stream/log/cursors/b\n\n{\"entry_id\":1}"],
            Has = ["{\"items\":[{\"consumer\":\"b\",\"entry_id\":1,", "{\"consumer\":\"me\",\"entry_id\":1,", "\"next_cursor\":null}"],
        },
        new("Cursors_OfAStreamThatIsNotThere_IsNotFound", "GET /stream/log/cursors", 404) { Code = "stream.not_found" },
        new("RemoveCursor_Present_AnswersWhatItWas", "DELETE /stream/log/cursors/me", 200) { Given = [Log, One, Set], Has = ["\"entry_id\":1"] },
        new("RemoveCursor_Absent_IsNotFound", "DELETE /stream/log/cursors/me", 404) { Given = [Log], Code = "stream.consumer_not_found" },
        new("RemoveCursor_OfAStreamThatIsNotThere_IsNotFound", "DELETE /stream/log/cursors/me", 404) { Code = "stream.not_found" },
        new("Cursors_OfAStreamCreatedAnew_AreNone", "GET /stream/log/cursors", 200)
        {
            Given = [Log, One, Set, "DELETE /stream/log", Log],
            Has = ["{\"items\":[],"],
        },
    ];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Cursor_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    [Fact]
    public async Task Cursors_MoreThanAStreamKeeps_AreRefusedUntilOneGoes()
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync(Log);
        for (var number = 0; number < 1000; number++)
            await world.Agent.AskAsync($"PUT /stream/log/cursors/c{number}\n\n{{\"entry_id\":0}}");
        using (var refused = await world.Agent.SendAsync("PUT /stream/log/cursors/more\n\n{\"entry_id\":0}"))
            await Problems.CheckAsync(refused, "stream.too_many_consumers");
        await world.Agent.AskAsync("PUT /stream/log/cursors/c7\n\n{\"entry_id\":0}");
        await world.Agent.AskAsync("DELETE /stream/log/cursors/c7");
        await world.Agent.AskAsync("PUT /stream/log/cursors/more\n\n{\"entry_id\":0}");
        var all = await world.Agent.AskAsync("GET /stream/log/cursors");
        Assert.Equal(1000, all.GetProperty("items").GetArrayLength());
    }
}
