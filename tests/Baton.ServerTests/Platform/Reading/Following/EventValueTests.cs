using System.Globalization;
using System.Text;
using Baton.Contracts.Events;
using Baton.Contracts.Requests;
using Baton.Contracts.Stashes;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Following;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Reading.Following;

/// <summary>What is followed gives any edge its events as values, and server-sent events are made of the same ones.</summary>
public sealed class EventValueTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static readonly Dictionary<string, (IReadRequest Request, string Target, string Change)> s_followed = new()
    {
        ["stream.read"] = (new ReadStreamRequest { Stream = "log" }, "/stream/log", "POST /stream/log\n\n{\"data\":{\n\"a\":\"ä\"},\"label\":\"x\"}"),
        ["stash.read"] = (new ReadStashRequest { Name = "a", After = "1" }, "/stash/a?after=1", "PUT /stash/a\n\nx"),
        ["events.read"] = (new ReadEventsRequest { After = "1" }, "/events?after=1", "PUT /stash/a\n\nx"),
    };

    public static TheoryData<string> Reads => [.. s_followed.Keys];

    [Theory, MemberData(nameof(Reads))]
    public async Task Source_FollowedWithoutHttp_GivesWhatServerSentEventsHave(string read)
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync("POST /stream\n\n{\"name\":\"log\"}");
        var (request, target, change) = s_followed[read];
        for (var count = 0; count < 3; count++) await world.Agent.AskAsync(change);
        var values = await FollowAsync(world, read, request);
        Assert.True(values.Count >= 3, $"There are {values.Count} events.");
        using var stream = await SseReader.OpenAsync(world.Agent, target);
        foreach (var (id, data) in values)
        {
            var sent = (await stream.NextAsync())!;
            Assert.Equal((sent.Id, sent.Data), (id, data));
        }
    }

    /// <summary>The events that are there now, as another edge would take them.</summary>
    static async Task<List<(string Id, string Data)>> FollowAsync(World world, string read, IReadRequest request)
    {
        var actor = new Actor(world.WorkspaceId, "planner", "key_1", Role.Agent, world.WorkspaceId);
        var caller = new Caller(world.Server.Parts.Reading, actor, SecretHash.Of("none"), traceId: null, Cancellation);
        using var source = (await world.Server.Parts.Registrations.Reads[read].FollowAsync(caller, request)).Value!;
        var events = new EventList();
        source.WriteOpening(events);
        while (await source.ReadAsync(Cancellation))
        {
            source.Write(events);
            if (source.IsAtEnd) break;
        }

        return events.Values;
    }

    sealed class EventList : IEventWriter
    {
        public List<(string Id, string Data)> Values { get; } = [];

        public void Event(long id, ReadOnlySpan<byte> data) =>
            Values.Add((id.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetString(data)));

        public void Event(RenderedEvent rendered) =>
            Values.Add((Encoding.UTF8.GetString(rendered.Id), Encoding.UTF8.GetString(rendered.Data)));

        public void Cursor(string id) => throw new InvalidOperationException($"{id} is no event.");
    }
}
