using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Baton.Contracts.Errors;
using Baton.Contracts.Json;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Http.Binding;
using Baton.Server.Platform.Http.Headers;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Http.Specs;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Platform.Http;

/// <summary>One authenticated HTTP request: what it asks, and how it is answered. Used by one request only.</summary>
internal sealed class HttpCall(HttpContext http, Route route, EdgeServices services)
{
    QueryReader? _query;
    byte[]? _body;
    object? _request;

    public HttpContext Http => http;

    public BatonOptions Options => services.Options;

    public RouteSpec Spec => route.Spec;

    /// <summary>Who calls. Set by the edge before the handler runs.</summary>
    public Caller Caller { get; set; } = null!;

    public Actor Actor => Caller.Actor;

    /// <summary>Everything found wrong with the input so far.</summary>
    public InputErrors Errors { get; } = new();

    public CancellationToken Aborted => http.RequestAborted;

    public QueryReader Query => _query ??= new QueryReader(http.Request.QueryString.Value, Spec.Query, Errors);

    /// <summary>The request of the route's operation, as far as it is bound yet.</summary>
    public object RequestOf(RequestBinder binder) => _request ??= binder.Begin(this);

    public string Route(string name) => (string)http.GetRouteValue(name)!;

    public string? Header(string name)
    {
        var values = http.Request.Headers[name];
        if (values.Count > 1) Errors.Add(ErrorCodes.RequestInvalidHeader, "header:" + name, $"{name} is given twice.");
        return values.Count == 0 ? null : values[0];
    }

    /// <summary>The whole body, within the route's limit.</summary>
    public async ValueTask<Outcome<byte[]>> ReadBodyAsync()
    {
        var reading = services.Bodies.ReadAsync(
            http.Request, Actor.WorkspaceId, Spec.Body!.Limit(services.Options), Aborted);
        var isThere = reading.IsCompleted;
        var body = await reading;
        _body = body.Value;
        // A body may take minutes to come, and a key may end in less.
        return isThere || await Caller.IsKeyValidAsync() ? body : Caller.KeyEnded;
    }

    /// <summary>The body, said to be JSON, as its bytes: they are text, but need not be JSON.</summary>
    /// <param name="mediaType">What it must be said to be.</param>
    public async ValueTask<Outcome<byte[]>> ReadJsonBytesAsync(string mediaType = JsonBodies.MediaType)
    {
        if (!JsonBodies.IsMedia(http.Request.ContentType, mediaType)) return RequestContent.WrongType(this, mediaType);
        var body = await ReadBodyAsync();
        return body.Failure is null && JsonBodies.CheckText(body.Value) is { } failure ? failure : body;
    }

    /// <summary>Gives back what the call held, if it does still. Called by the edge in the end.</summary>
    public void Release()
    {
        if (_body is { Length: > 0 } body) services.Bodies.Release(Actor.WorkspaceId, body.Length);
        _body = null;
    }

    /// <summary>Runs a mutation and answers its outcome.</summary>
    public async ValueTask<Failure?> CommitAsync(Operation operation)
    {
        var outcome = await RunAsync(operation);
        // Before the answer: whoever has it finds the room that the body took, and who reads it slowly holds none.
        Release();
        if (outcome.Failure is { } failure) return failure;
        await AnswerAsync(outcome.Value!);
        return null;
    }

    /// <summary>Runs a mutation; its outcome is not answered yet.</summary>
    public async ValueTask<Outcome<Effect>> RunAsync(Operation operation)
    {
        _ = Query;
        var idempotencyKey = IdempotencyHeader.Read(this, _body);
        if (Errors.Any) return Errors.ToFailure();
        return await services.Runner.RunAsync(operation, Caller.TraceId, idempotencyKey, Aborted);
    }

    /// <summary>Answers the effect of a mutation.</summary>
    public async ValueTask AnswerAsync(Effect effect)
    {
        if (effect.Replayed is { } replayed)
        {
            http.Response.Headers["Idempotency-Replayed"] = "true";
            SetSeq(replayed.Seq);
            SetVersion(replayed.Version);
            await AnswerJsonAsync(replayed.Status, replayed.Body);
            return;
        }

        if (effect.Seq > 0) SetSeq(effect.Seq);
        SetVersion(effect.Version);
        var answer = effect.Operational ?? effect.Answer!.At(effect.Seq);
        await AnswerAsync(effect.Created ? 201 : 200, answer, BatonJson.Options.GetTypeInfo(answer.GetType()));
    }

    /// <summary>Answers 200 with a wire record.</summary>
    public ValueTask AnswerAsync(object answer) =>
        AnswerAsync(200, answer, BatonJson.Options.GetTypeInfo(answer.GetType()));

    /// <summary>Answers 200 with bytes.</summary>
    public async ValueTask AnswerAsync(ReadOnlyMemory<byte> bytes, string contentType)
    {
        ShowSeq();
        http.Response.ContentType = contentType;
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(bytes, Aborted);
    }

    /// <summary>Answers JSON.</summary>
    public ValueTask AnswerAsync<T>(int status, T body) =>
        AnswerAsync(status, body!, BatonJson.Options.GetTypeInfo(typeof(T)));

    /// <summary>Answers a status without a body.</summary>
    public void Answer(int status)
    {
        ShowSeq();
        http.Response.StatusCode = status;
    }

    /// <summary>Tells the newest commit that what was read includes, if anything was read.</summary>
    public void ShowSeq()
    {
        if (Caller?.Seq > 0) SetSeq(Caller.Seq);
    }

    /// <summary>A commit that the answer includes.</summary>
    public void SetSeq(long seq) =>
        http.Response.Headers["Baton-Seq"] = seq.ToString(CultureInfo.InvariantCulture);

    public void SetVersion(long? version)
    {
        if (version is { } number)
            http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{number}\"");
    }

    async ValueTask AnswerAsync(int status, object body, JsonTypeInfo type) =>
        await AnswerJsonAsync(status, JsonSerializer.SerializeToUtf8Bytes(body, type));

    /// <summary>Answers JSON that is already UTF-8.</summary>
    public async ValueTask AnswerJsonAsync(int status, ReadOnlyMemory<byte> json)
    {
        ShowSeq();
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, Aborted);
    }
}
