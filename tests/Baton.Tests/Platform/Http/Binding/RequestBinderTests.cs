using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using Baton.Contracts;
using Baton.Contracts.Identity;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Binding;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Microsoft.AspNetCore.Http;

namespace Baton.Tests.Platform.Http.Binding;

/// <summary>A request is filled from path, query, headers and body by what it declares, and refused where it is wrong.</summary>
public sealed class RequestBinderTests
{
    const string Body = """{"text":"t","size":3}""";

    static readonly OperationSpec s_spec = new OperationSpec<Probe, Deleted>(
        "probe.do", "Does.", (request, context) => new Done(request, context) { Actor = context.Actor })
    {
        Resource = (request, _) => "probe:" + request.Name,
        Check = (request, errors) =>
        {
            if (request.Sources?.Contains("bad") == true) errors.Add("/sources", "bad");
        },
        Created = "Made.",
        Done = "Done.",
        MakesWhatIsAbsent = true,
    };

    static readonly OperationSpec s_raw = new OperationSpec<RawProbe, Deleted>(
        "probe.raw", "Does.", (request, context) => new Done(request, context) { Actor = context.Actor });

    [Fact]
    public async Task Request_WithEveryMember_HasThem()
    {
        var done = await DoneAsync(
            "?count=10&flag=true", """{"text":"t","size":5,"kind":"b","limit":{"requests":1,"window_seconds":2}}""",
            ("X-Model", "m m"), ("X-Sources", " a , ,b"), ("If-Match", "\"3\""));
        Assert.Equal(
            new Probe
            {
                Name = "thing",
                Count = 10,
                Flag = true,
                Model = "m m",
                Text = "t",
                Size = 5,
                Kind = "b",
                Limit = new RateLimit(1, 2),
                Sources = done.Probe.Sources,
            },
            done.Probe);
        Assert.Equal(["a", "b"], done.Probe.Sources);
        Assert.Equal(new Precondition(IfMatch: 3, IfAbsent: false), done.Context.Precondition);
    }

    [Fact]
    public async Task Request_WithNothingMore_HasNothingMore()
    {
        var done = await DoneAsync("", Body);
        Assert.Equal(new Probe { Name = "thing", Text = "t", Size = 3 }, done.Probe);
        Assert.Equal(Precondition.None, done.Context.Precondition);
    }

    [Theory]
    [InlineData("?count=0", "query:count", "`count` is 0, but must be a whole number from 1 to 10.")]
    [InlineData("?count=11", "query:count", "`count` is 11, but must be a whole number from 1 to 10.")]
    [InlineData("?count=x", "query:count", "`count` is \"x\", but must be a whole number from 1 to 10.")]
    [InlineData("?count=-1", "query:count", "`count` is \"-1\", but must be a whole number from 1 to 10.")]
    [InlineData("?count=", "query:count", "`count` is \"\", but must be a whole number from 1 to 10.")]
    [InlineData("?flag=yes", "query:flag", "`flag` is \"yes\", but must be true or false.")]
    [InlineData("?count=1&count=1", "query:count", "`count` is given twice.")]
    [InlineData("?cuont=1", "query:cuont", "`cuont` is not a parameter; did you mean `count`?")]
    [InlineData("?text=t", "query:text", "`text` is not a parameter")]
    [InlineData("?name=t", "query:name", "`name` is not a parameter")]
    public Task Query_ThatIsWrong_IsRefusedWithItsPlace(string query, string place, string message) =>
        RefusedAsync(query, Body, place, message);

    [Theory]
    [InlineData("X-Model", "", "header:X-Model", "X-Model has 0 characters, but must have 1 to 3.")]
    [InlineData("X-Model", "mmmm", "header:X-Model", "X-Model has 4 characters, but must have 1 to 3.")]
    [InlineData("X-Model", "\t", "header:X-Model", "X-Model is \"\t\", but must be visible ASCII")]
    [InlineData("X-Sources", "a,bad", "header:X-Sources", "bad")]
    [InlineData("If-Match", "3", "header:If-Match", "If-Match is 3, but must be one version")]
    [InlineData("If-None-Match", "\"3\"", "header:If-None-Match", "takes only `*`")]
    public async Task Header_ThatIsWrong_IsRefusedWithItsPlace(string name, string value, string place, string message) =>
        Assert.Equal("request.invalid_header", (await RefusedAsync("", Body, place, message, (name, value))).Code.Code);

    [Fact]
    public Task Header_GivenTwice_IsRefused() =>
        RefusedAsync("", Body, "header:X-Model", "given twice", ("X-Model", "a"), ("X-Model", "b"));

    [Theory]
    [InlineData("""{"text":"","size":3}""", "/text", "`text` has 0 characters, but must have at least 1.")]
    [InlineData("""{"text":"t","size":6}""", "/size", "`size` is 6, but must be a whole number from 0 to 5.")]
    [InlineData("""{"text":"t","size":-1}""", "/size", "`size` is -1, but must be a whole number from 0 to 5.")]
    [InlineData("""{"text":"t","size":3,"kind":"c"}""", "/kind", "`kind` is \"c\", but must be one of: a, b.")]
    [InlineData("""{"text":"t","size":3,"limit":{"requests":0,"window_seconds":1}}""", "/limit/requests", "`requests` is 0")]
    [InlineData("""{"text":"t"}""", "", "Required members are missing: 'size'")]
    [InlineData("""{"text":null,"size":3}""", "/text", "must not be null")]
    [InlineData("""{"text":"t","size":"3"}""", "/size", "wrong type")]
    [InlineData("""{"text":"t","size":3,"size":3}""", "/size", "given twice")]
    [InlineData("""{"text":"t","size":3,"siez":3}""", "/siez", "did you mean \"size\"?")]
    [InlineData("""{"text":"t","size":3,"name":"n"}""", "/name", "There is no member \"name\"")]
    [InlineData("""{"text":"t","size":3,"count":1}""", "/count", "There is no member \"count\"")]
    [InlineData("""{"text":"t","size":3,"model":"m"}""", "/model", "There is no member \"model\"")]
    [InlineData("""{"text":"t","size":3,"if_version":1}""", "/if_version", "There is no member \"if_version\"")]
    [InlineData("""{"text":"t","size":3,"other":1}""", "/other", "There is no member \"other\"")]
    [InlineData("""{"text":"t","size":3,"op":"probe.do"}""", "/op", "There is no member \"op\"")]
    public Task Body_ThatIsWrong_IsRefusedWithItsPlace(string body, string place, string message) =>
        RefusedAsync("", body, place, message);

    [Fact]
    public async Task Path_ThatIsWrong_IsRefusedWithItsPlace()
    {
        var refused = await ReadAsync(s_spec, "...", "", Body);
        Assert.Equal("path:id", Assert.Single(refused.Failure!.Errors!).Pointer);
        Assert.StartsWith("`id` is \"...\", but must be 1 to 128", refused.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WrongInManyPlaces_IsToldOfAllBeforeItsBodyIsRead()
    {
        var refused = await ReadAsync(s_spec, "...", "?count=0&x=1", "{}", ("X-Model", ""), ("If-Match", "3"));
        Assert.Equal(
            ["header:If-Match", "header:X-Model", "path:id", "query:count", "query:x"],
            refused.Failure!.Errors!.Select(error => error.Pointer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Body_WrongInManyPlaces_IsToldOfAllWithWhatTheOperationSays()
    {
        var refused = await ReadAsync(s_spec, "thing", "?flag=false", """{"text":"","size":9,"kind":"c"}""");
        Assert.Equal(
            ["/kind", "/size", "/text", "query:flag"],
            refused.Failure!.Errors!.Select(error => error.Pointer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Request_InJson_TakesEveryMemberWithPointersIntoIt()
    {
        var made = MadeOfJson("""
            {"op":"probe.do","name":"thing","count":10,"flag":true,"model":"m","sources":["a"],"text":"t","size":5,
             "kind":"b","other":1,"if_version":0}
            """, out var errors);
        Assert.False(errors.Any);
        Assert.Equal(new Precondition(IfMatch: null, IfAbsent: true), made!.Context.Precondition);
        Assert.Equal((10, true, "m", "b", 1), (made.Probe.Count, made.Probe.Flag, made.Probe.Model, made.Probe.Kind, made.Probe.Other));
        MadeOfJson("""
            {"op":"probe.do","name":"...","count":0,"model":"","sources":["bad",null],"text":"","size":9,"kind":"c",
             "limit":{"requests":0,"window_seconds":0},"if_version":-1}
            """, out errors);
        Assert.Equal(
            ["/count", "/if_version", "/kind", "/limit/requests", "/limit/window_seconds", "/model", "/name", "/size", "/sources", "/sources/1", "/text"],
            errors.ToFailure().Errors!.Select(error => error.Pointer).Order(StringComparer.Ordinal));
        Assert.Equal("request.invalid", errors.Code.Code);
    }

    [Fact]
    public async Task Body_ThatIsTheMemberItself_IsTakenAsItIs()
    {
        var done = await ReadAsync(s_raw, "thing", "", "\u0001 any bytes");
        Assert.Equal("\u0001 any bytes", Encoding.UTF8.GetString(((Done)done.Value!).Raw.Bytes!));
    }

    [Fact]
    public void Failure_OfTheOperation_HasThePlacesOfHttp()
    {
        var binder = new OperationBinder(s_raw);
        var errors = new InputErrors();
        errors.Add("/bytes/a", "one");
        errors.Add("/name", "two");
        errors.Add("", "three");
        errors.Add("/bytesize", "four");
        Assert.Equal(
            ["/a", "path:id", "", "/bytesize"], binder.Translate(errors.ToFailure()).Errors!.Select(error => error.Pointer));
    }

    static async Task<Done> DoneAsync(string query, string body, params (string Name, string Value)[] headers)
    {
        var outcome = await ReadAsync(s_spec, "thing", query, body, headers);
        Assert.True(outcome.Failure is null, outcome.Failure?.Detail);
        return (Done)outcome.Value!;
    }

    static async Task<Failure> RefusedAsync(
        string query, string body, string place, string message, params (string Name, string Value)[] headers)
    {
        var refused = (await ReadAsync(s_spec, "thing", query, body, headers)).Failure;
        Assert.NotNull(refused);
        var error = Assert.Single(refused.Errors!);
        Assert.Equal(place, error.Pointer);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        return refused;
    }

    static async Task<Outcome<Operation>> ReadAsync(
        OperationSpec spec, string name, string query, string body, params (string Name, string Value)[] headers)
    {
        var binder = new OperationBinder(spec);
        var route = new Route("POST", "/probe/{id}", OperationRoute.SpecOf(spec, binder), _ => default);
        var call = CallOf(route, name, query, headers);
        call.Http.Request.ContentType = "application/json";
        var bytes = Encoding.UTF8.GetBytes(body);
        call.Http.Request.Body = new MemoryStream(bytes);
        call.Http.Request.ContentLength = bytes.Length;
        return await binder.ReadAsync(call);
    }

    /// <summary>A call of a route with `{id}` in its path, whose answer is kept.</summary>
    internal static HttpCall CallOf(Route route, string id, string query, params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = route.Method;
        http.Request.RouteValues["id"] = id;
        http.Request.QueryString = new QueryString(query);
        http.Response.Body = new MemoryStream();
        foreach (var (header, value) in headers)
            http.Request.Headers[header] = new([.. http.Request.Headers[header], value]);
        var services = new EdgeServices
        {
            Options = new BatonOptions(),
            Bodies = new Bodies(1 << 20, 1 << 20),
            Reading = null!,
            Runner = null!,
            Workspaces = null!,
            Tickets = null!,
            RateLimiter = null!,
            Refusals = null!,
            Quarantine = null!,
            Metrics = null!,
        };
        return new HttpCall(http, route, services)
        {
            Caller = new Caller(null!, new Actor("w", "a", "k", Role.Agent, "w"), SecretHash.Of("s"), null, default),
        };
    }

    static Done? MadeOfJson(string json, out InputErrors errors)
    {
        errors = new InputErrors();
        return (Done?)s_spec.Make(JsonElement.Parse(json), new Actor("w", "a", "k", Role.Agent, "w"), errors);
    }

    sealed record Probe : IConditionalRequest
    {
        [InPath("id"), NameForm]
        public required string Name { get; init; }

        [InQuery, Range(1, 10)]
        public long? Count { get; init; }

        [InQuery]
        public bool? Flag { get; init; }

        [InHeader("X-Model"), StringLength(3, MinimumLength = 1), VisibleAscii]
        public string? Model { get; init; }

        [InHeader("X-Sources")]
        public IReadOnlyList<string>? Sources { get; init; }

        [NotEmpty]
        public required string Text { get; init; }

        [Range(0, 5)]
        public required long Size { get; init; }

        [AllowedValues("a", "b")]
        public string? Kind { get; init; }

        public RateLimit? Limit { get; init; }

        [NotInHttp]
        public long Other { get; init; }

        [InConditions]
        public long? IfVersion { get; init; }
    }

    sealed record RawProbe : IOperationRequest
    {
        [InPath("id")]
        public required string Name { get; init; }

        [InBody]
        [System.Text.Json.Serialization.JsonIgnore]
        public byte[]? Bytes { get; init; }

        [NotInHttp]
        public string? Content { get; init; }
    }

    sealed class Done(object request, OperationContext context) : Operation
    {
        public Probe Probe => (Probe)request;

        public RawProbe Raw => (RawProbe)request;

        public OperationContext Context => context;

        public override string Name => "probe.do";

        public override string Resource => "probe";

        public override void Validate(InputErrors errors)
        {
            if (Probe.Flag == false) errors.Add("/flag", "No.");
        }

        public override Decision Decide(UnitOfWork work) => throw new NotSupportedException();
    }
}
