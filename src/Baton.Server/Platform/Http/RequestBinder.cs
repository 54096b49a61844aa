using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Commits;

namespace Baton.Server.Platform.Http;

/// <summary>
/// Fills the request of an operation from path, query, headers and body, and says of what is wrong where HTTP has it.
/// Made once for each route; safe for concurrent use.
/// </summary>
internal sealed class RequestBinder(OperationSpec operation, IPathReader? reader = null)
{
    readonly RequestMember[] _path = PathOf(operation, reader);
    readonly RequestMember[] _query = MembersIn(operation, RequestPlace.Query);
    readonly RequestMember[] _headers = MembersIn(operation, RequestPlace.Header);
    readonly RawBody? _raw = operation.Request.RawBody;
    readonly bool _isConditional =
        operation.Request.Members.Any(member => member.Place == RequestPlace.Conditions);

    /// <summary>The request as far as the path tells it, ill-formed perhaps.</summary>
    public object Begin(HttpCall call)
    {
        var request = operation.Request.New();
        var values = reader?.Read(call);
        for (var index = 0; index < _path.Length; index++)
            _path[index].SetText(request, values is null ? call.Route(_path[index].HttpName) : values[index]);
        return request;
    }

    /// <summary>
    /// The operation that a call asks for. All that is wrong outside of the body is told at once, and before it is
    /// read; then all that is wrong in it.
    /// </summary>
    public async ValueTask<Outcome<Operation>> ReadAsync(HttpCall call)
    {
        var request = call.RequestOf(this);
        var (precondition, key) = ReadOutside(call, request);
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await ReadBodyAsync(call, request);
        if (body.Failure is { } failure) return failure;
        var errors = new InputErrors();
        operation.Request.CheckBody(body.Value!, errors);
        var made = operation.Make(body.Value!, new OperationContext(call.Actor)
        {
            Precondition = precondition,
            IdempotencyKey = key,
            Secret = call.Caller.Secret,
        });
        if (made.Failure is { IsOfRequest: true } wrong) errors.AddAll(wrong, place => place);
        else if (made.Failure is { } refused) return refused;
        if (!errors.Any) return made;
        made.Value?.Validate(errors);
        return Translate(errors.ToFailure());
    }

    /// <summary>A failure whose places point into the request, with the places of HTTP.</summary>
    public Failure Translate(Failure failure)
    {
        if (failure.Errors is not { } errors) return failure;
        var translated = new InputErrors();
        foreach (var item in errors) Add(translated, failure.Code, item);
        return failure with { Code = translated.Code, Errors = translated.ToFailure().Errors };
    }

    (Precondition Precondition, string? IdempotencyKey) ReadOutside(HttpCall call, object request)
    {
        // What the route does not know is refused, also where it knows no parameter.
        _ = call.Query;
        var key = operation.IsOperational ? null : IdempotencyHeader.ReadKey(call);
        if (reader is not null) reader.Check(call);
        else
        {
            foreach (var member in _path) Check(call, request, member, wrong: null);
        }

        foreach (var member in _query)
        {
            if (call.Query.Text(member.HttpName) is { } text)
                Check(call, request, member, member.SetText(request, text));
        }

        foreach (var member in _headers)
        {
            // An empty Content-Type says as much as none.
            if (call.Header(member.HttpName) is { } text && !(text.Length == 0 && member.HttpName == "Content-Type"))
                Check(call, request, member, member.SetText(request, text));
        }

        var precondition = _isConditional ? Precondition.Read(call.Http.Request, call.Errors) : Precondition.None;
        var own = new InputErrors();
        operation.CheckOutside(request, own);
        if (!own.Any) return (precondition, key);
        var failure = own.ToFailure();
        foreach (var item in failure.Errors!) Add(call.Errors, failure.Code, item);
        return (precondition, key);
    }

    static void Check(HttpCall call, object request, RequestMember member, string? wrong)
    {
        if ((wrong ?? member.Check(request)) is not { } message) return;
        if (member.Place == RequestPlace.Header)
            call.Errors.Add(ErrorCodes.RequestInvalidHeader, PlaceOf(member), $"{member.HttpName} {message}");
        else call.Errors.Add(PlaceOf(member), $"`{member.HttpName}` {message}");
    }

    async ValueTask<Outcome<object>> ReadBodyAsync(HttpCall call, object request)
    {
        if (_raw is not null && IsRaw(call))
        {
            var bytes = _raw.ContentType is { } mediaType
                ? await call.ReadJsonBytesAsync(mediaType)
                : await call.ReadBodyAsync();
            if (bytes.Failure is { } unread) return unread;
            _raw.Set(request, bytes.Value!);
            return Outcome.Of(request);
        }

        if (!operation.Request.HasJsonBody) return Outcome.Of(request);
        var json = await call.ReadJsonBytesAsync();
        if (json.Failure is { } failure) return failure;
        var parsed = JsonBodies.Parse(json.Value, RequestJson.Body.GetTypeInfo(operation.Request.Type));
        if (parsed.Value is not { } body) return parsed;
        foreach (var member in operation.Request.Outside) member.Copy(request, body);
        return parsed;
    }

    /// <summary>Where the body may be JSON members too, its type decides.</summary>
    bool IsRaw(HttpCall call) => !operation.Request.HasJsonBody
        || JsonBodies.IsMedia(call.Http.Request.ContentType, _raw!.ContentType!);

    void Add(InputErrors errors, ErrorCode code, ProblemItem item)
    {
        var place = PlaceOf(item.Pointer);
        // A header that is wrong has a code of its own, where what is wrong has none.
        var isHeader = code == ErrorCodes.RequestInvalid && place.StartsWith("header:", StringComparison.Ordinal);
        errors.Add(isHeader ? ErrorCodes.RequestInvalidHeader : code, place, item.Message);
    }

    string PlaceOf(string pointer) => operation.Request.MemberAt(pointer) switch
    {
        null => _raw is null ? pointer : _raw.PlaceOf(pointer),
        { IsOutside: true } member => PlaceOf(member),
        _ => pointer,
    };

    static string PlaceOf(RequestMember member) => member.Place switch
    {
        RequestPlace.Path => "path:" + member.HttpName,
        RequestPlace.Query => "query:" + member.HttpName,
        RequestPlace.Header => "header:" + member.HttpName,
        _ => "/" + member.Name,
    };

    /// <summary>In the order of the path.</summary>
    static RequestMember[] PathOf(OperationSpec operation, IPathReader? reader)
    {
        var members = MembersIn(operation, RequestPlace.Path);
        return reader is null
            ? members
            : [.. reader.Path.Select(parameter => members.Single(member => member.HttpName == parameter.Name))];
    }

    static RequestMember[] MembersIn(OperationSpec operation, RequestPlace place) =>
        [.. operation.Request.Members.Where(member => member.Place == place)];
}
