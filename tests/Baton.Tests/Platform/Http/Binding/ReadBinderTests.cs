using System.ComponentModel.DataAnnotations;
using System.Text;
using Baton.Contracts;
using Baton.Contracts.Events;
using Baton.Contracts.Json;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Binding;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;

namespace Baton.Tests.Platform.Http.Binding;

/// <summary>The request of a read is filled from a call; where a reader goes on, an event source says by other means.</summary>
public sealed class ReadBinderTests
{
    static readonly ReadSpec s_spec = new BytesReadSpec<Probe>("probe.read", "Reads.", answerType: null, ReadAsync)
    {
        Resource = (request, _) => "probe:" + request.Name,
        Check = (request, errors) =>
        {
            if (request.After == "13") errors.Add("/after", "not 13");
        },
        CheckIfRead = (request, errors) =>
        {
            if (request.After is not null) errors.Add("/after", "for events");
        },
        HasVersion = true,
        ContentType = ReadSpec.AnyType,
        Found = "It.",
        Known = "What is known.",
        EventType = typeof(LedgerEvent),
        Follow = (_, _) => throw new InvalidOperationException("Nobody follows."),
    };

    static readonly ReadSpec s_search = new ListSpec<SearchProbe, Health>(
        "probe.search", "Searches.", (_, _, _) => throw new NotSupportedException(),
        RequestShape.Of<SearchProbe>()
            .Declare(DeclaredValues.DiscoverableTypes, ["a", "b"])
            .Declare(nameof(SearchProbe.Filters), [("label", "Its label."), ("owner", "Its owner.")]))
    {
        Found = "Them.",
    };

    [Fact]
    public async Task Request_WithEveryMember_HasThem() => Assert.Equal(
        new Probe { Name = "thing", Count = 10, After = "7", Model = "m m" },
        await BoundAsync("?count=10&after=7", ("X-Model", "m m")));

    [Theory]
    [InlineData("?after=3", null, "3")]
    [InlineData("?after=3&lastEventId=4", null, "4")]
    [InlineData("?after=3&lastEventId=4", "5", "5")]
    [InlineData("?after=3&lastEventId=4", "", "4")]
    [InlineData("?after=3&lastEventId=", "", "3")]
    [InlineData("?lastEventId=4", null, "4")]
    [InlineData("", "now", "now")]
    [InlineData("", "", null)]
    public async Task Reader_WhoComesBack_GoesOnWhereItSaysLast(string query, string? header, string? after) => Assert.Equal(
        after, (await BoundAsync(query, header is null ? [] : [("Last-Event-ID", header)])).After);

    [Fact]
    public async Task Check_OfAReaderWhoComesBack_IsOfWhatTheRequestSays()
    {
        Assert.Equal("13", (await BoundAsync("?after=3", ("Last-Event-ID", "13"))).After);
        await RefusedAsync(isFollowed: true, "?after=13", "query:after", "not 13", ("Last-Event-ID", "3"));
    }

    [Theory]
    [InlineData("", "x", "header:Last-Event-ID", "Last-Event-ID is \"x\", but must be a seq, or `now`.", "request.invalid_header")]
    [InlineData("?lastEventId=x", null, "query:lastEventId", "`lastEventId` is \"x\", but must be a seq, or `now`.", "request.invalid")]
    [InlineData("?after=x", "3", "query:after", "`after` is \"x\", but must be a seq, or `now`.", "request.invalid")]
    public async Task Place_OfNoForm_IsRefusedWhereItIs(string query, string? header, string place, string message, string code)
    {
        var refused = await RefusedAsync(
            isFollowed: true, query, place, message, header is null ? [] : [("Last-Event-ID", header)]);
        Assert.Equal(code, refused.Code.Code);
    }

    [Fact]
    public async Task Reader_WhoDoesNotFollow_HasNoPlaceOfEvents()
    {
        await RefusedAsync(isFollowed: false, "?lastEventId=4", "query:lastEventId", "`lastEventId` is for event streams");
        await RefusedAsync(isFollowed: false, "?after=4", "query:after", "for events");
        // Any client may send the header with every request.
        var bound = (await ReadAsync(s_spec, isFollowed: false, "thing", "", ("Last-Event-ID", "x"))).Value;
        Assert.Null(((Probe)bound!).After);
    }

    [Fact]
    public async Task Request_WrongInManyPlaces_IsToldOfAll()
    {
        var refused = await ReadAsync(s_spec, isFollowed: false, "...", "?count=0&x=1&after=13&lastEventId=1", ("X-Model", ""));
        Assert.Equal(
            ["header:X-Model", "path:id", "query:after", "query:after", "query:count", "query:lastEventId", "query:x"],
            refused.Failure!.Errors!.Select(error => error.Pointer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Failure_OfTheRead_HasThePlacesOfHttp()
    {
        var errors = new InputErrors();
        errors.Add("/after", "one");
        errors.Add("/name", "two");
        errors.Add("/model", "three");
        errors.Add("/other", "four");
        Assert.Equal(
            ["query:after", "path:id", "header:X-Model", "/other"],
            new ReadBinder(s_spec).Translate(errors.ToFailure()).Errors!.Select(error => error.Pointer));
        errors = new InputErrors();
        errors.Add("/model", "one");
        Assert.Equal("request.invalid_header", new ReadBinder(s_spec).Translate(errors.ToFailure()).Code.Code);
    }

    [Fact]
    public async Task Head_ThatWantsEvents_IsAnsweredAsARead()
    {
        var (failure, call) = await AnsweredAsync("HEAD", "?count=2", ("Accept", "text/event-stream"));
        Assert.Null(failure);
        var response = call.Http.Response;
        Assert.Equal((200, "text/plain", 2L), (response.StatusCode, response.ContentType, response.ContentLength));
        Assert.Equal("\"5\"", response.Headers.ETag);
        Assert.Equal(0, response.Body.Length);
        (failure, _) = await AnsweredAsync("HEAD", "?lastEventId=4", ("Accept", "text/event-stream"));
        Assert.Equal("query:lastEventId", Assert.Single(failure!.Errors!).Pointer);
    }

    [Fact]
    public async Task Get_OfWhatIsKnown_IsAnsweredWithoutIt()
    {
        var (_, call) = await AnsweredAsync("GET", "?count=2");
        Assert.Equal("xx", Encoding.UTF8.GetString(((MemoryStream)call.Http.Response.Body).ToArray()));
        foreach (var (known, status) in (IEnumerable<(string, int)>)[("\"5\"", 304), ("*", 304), ("\"4\"", 200)])
        {
            (_, call) = await AnsweredAsync("GET", "?count=2", ("If-None-Match", known));
            Assert.Equal((status, "\"5\""), (call.Http.Response.StatusCode, call.Http.Response.Headers.ETag.ToString()));
            Assert.Equal(status == 200 ? 2 : 0, call.Http.Response.Body.Length);
        }
    }

    [Fact]
    public async Task Get_ThatWaitedInVain_IsAnsweredWithNothing()
    {
        var (failure, call) = await AnsweredAsync("GET", "", ("If-None-Match", "*"));
        Assert.Null(failure);
        Assert.Equal((204, 0), (call.Http.Response.StatusCode, call.Http.Response.Body.Length));
    }

    [Fact]
    public async Task Member_ThatAFeatureDeclares_IsOneOfTheRequest()
    {
        var bound = (SearchProbe)(await ReadAsync(s_search, isFollowed: false, "thing", "?q=t&type=b&owner=me&label=x")).Value!;
        Assert.Equal(("t", "b"), (bound.Q, bound.Type));
        Assert.Equal([new("label", "x"), new("owner", "me")], bound.Filters!.OrderBy(filter => filter.Key, StringComparer.Ordinal));
        var spec = ReadRoute.SpecOf(s_search, new ReadBinder(s_search), reader: null);
        Assert.Equal(["limit", "cursor", "q", "type", "label", "owner"], spec.Query.Select(parameter => parameter.Name));
        var own = spec.Query.Skip(2).ToList();
        Assert.Equal([true, false, false, false], own.Select(parameter => parameter.IsRequired));
        Assert.Equal([null, "^(a|b)$", null, null], own.Select(parameter => parameter.Pattern));
        Assert.Equal([null, null, 3, 3], own.Select(parameter => parameter.MaxLength));
        Assert.Equal(["Its label.", "Its owner."], own.Skip(2).Select(parameter => parameter.Description));
    }

    [Theory]
    [InlineData("", "query:q", "`q` is missing: this route needs it.")]
    [InlineData("?q=t&type=c", "query:type", "`type` is \"c\", but must be one of: a, b.")]
    [InlineData("?q=t&label=long", "query:label", "`label` has 4 characters, but must have at most 3.")]
    [InlineData("?q=t&filters=x", "query:filters", "`filters` is not a parameter")]
    public async Task Member_ThatAFeatureDeclares_IsHeldToIt(string query, string place, string message)
    {
        var refused = (await ReadAsync(s_search, isFollowed: false, "thing", query)).Failure;
        Assert.NotNull(refused);
        var error = Assert.Single(refused.Errors!);
        Assert.Equal(place, error.Pointer);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    static ValueTask<Outcome<ReadAnswer>> ReadAsync(Caller caller, Probe request) => new(
        request.Count is { } count
            ? ReadAnswer.OfBytes(Encoding.UTF8.GetBytes(new string('x', (int)count)), "text/plain") with { Version = 5 }
            : ReadAnswer.Nothing with { Version = 5 });

    static async Task<Probe> BoundAsync(string query, params (string Name, string Value)[] headers)
    {
        var outcome = await ReadAsync(s_spec, isFollowed: true, "thing", query, headers);
        Assert.True(outcome.Failure is null, outcome.Failure?.Detail);
        return (Probe)outcome.Value!;
    }

    static async Task<Failure> RefusedAsync(
        bool isFollowed, string query, string place, string message, params (string Name, string Value)[] headers)
    {
        var refused = (await ReadAsync(s_spec, isFollowed, "thing", query, headers)).Failure;
        Assert.NotNull(refused);
        var error = Assert.Single(refused.Errors!);
        Assert.Equal(place, error.Pointer);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        return refused;
    }

    static async Task<Outcome<object>> ReadAsync(
        ReadSpec spec, bool isFollowed, string id, string query, params (string Name, string Value)[] headers)
    {
        var binder = new ReadBinder(spec);
        var route = new Route("GET", "/probe/{id}", ReadRoute.SpecOf(spec, binder, reader: null), _ => default);
        return await binder.ReadAsync(RequestBinderTests.CallOf(route, id, query, headers), isFollowed);
    }

    static async Task<(Failure? Failure, HttpCall Call)> AnsweredAsync(
        string method, string query, params (string Name, string Value)[] headers)
    {
        var binder = new ReadBinder(s_spec);
        var route = new Route(method, "/probe/{id}", ReadRoute.SpecOf(s_spec, binder, reader: null), _ => default);
        var call = RequestBinderTests.CallOf(route, "thing", query, headers);
        return (await ReadRoute.AnswerAsync(call, s_spec, binder), call);
    }

    sealed record Probe : IReadRequest
    {
        [InPath("id"), NameForm]
        public required string Name { get; init; }

        [InQuery, Range(1, 10)]
        public long? Count { get; init; }

        [InQuery, SeqForm]
        public string? After { get; init; }

        [InHeader("X-Model"), StringLength(3, MinimumLength = 1)]
        public string? Model { get; init; }
    }

    sealed record SearchProbe : PageRequest
    {
        [InQuery]
        public required string Q { get; init; }

        [InQuery, DeclaredValues(DeclaredValues.DiscoverableTypes)]
        public string? Type { get; init; }

        [InQuery, StringLength(3)]
        public IReadOnlyDictionary<string, string>? Filters { get; init; }
    }
}
