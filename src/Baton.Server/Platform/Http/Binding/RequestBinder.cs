using Baton.Contracts.Errors;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Basics.Requests.Members;
using Baton.Server.Platform.Http.Parameters;

namespace Baton.Server.Platform.Http.Binding;

/// <summary>
/// Fills a request from the path, the query, the headers and the body of a call. For whatever is wrong it tells where
/// that stands in HTTP. It is made once for each route. Safe for concurrent use.
/// </summary>
internal abstract class RequestBinder(RequestSpec spec, IPathReader? reader)
{
    readonly RequestMember[] _path = PathOf(spec, reader);
    readonly RequestMember[] _query = MembersIn(spec, RequestPlace.Query);
    readonly RequestMember[] _headers = MembersIn(spec, RequestPlace.Header);
    readonly RawBody? _raw = spec.Request.RawBody;

    /// <summary>Whether something of the request stands in the body.</summary>
    protected bool HasBody => _raw is not null || spec.Request.HasJsonBody;

    /// <summary>The request with what the path tells, which may be ill-formed.</summary>
    public object Begin(HttpCall call)
    {
        var request = spec.Request.New();
        var values = reader?.Read(call);
        for (var index = 0; index < _path.Length; index++)
            _path[index].SetText(request, values is null ? call.Route(_path[index].HttpName) : values[index]);
        return request;
    }

    /// <summary>
    /// Makes of a failure, whose places are JSON pointers into the request, one whose places are those of HTTP: of
    /// `/ttl` it makes `query:ttl`.
    /// </summary>
    public Failure Translate(Failure failure)
    {
        if (failure.Errors is not { } errors) return failure;
        var translated = new InputErrors();
        foreach (var item in errors) Add(translated, failure.Code, item);
        return failure with { Code = translated.Code, Errors = translated.ToFailure().Errors };
    }

    /// <summary>
    /// Reads what stands in the path, the query and headers. What is wrong with it is noted in the call.
    /// </summary>
    protected void ReadOutside(HttpCall call, object request)
    {
        // Reading the query refuses parameters that the route does not know, even if it knows none.
        _ = call.Query;
        if (reader is not null) reader.Check(call);
        else
        {
            foreach (var member in _path) Note(call, member, member.Check(request));
        }

        foreach (var member in _query)
        {
            if (call.Query.Text(member.HttpName) is { } text)
                Note(call, member, member.SetText(request, text) ?? member.Check(request));
            else if (member.Bounds.IsRequired) Note(call, member, "is missing: this route needs it.");
        }

        foreach (var member in _headers)
        {
            // An empty Content-Type says as much as none.
            if (call.Header(member.HttpName) is { } text && !(text.Length == 0 && member.HttpName == "Content-Type"))
                Note(call, member, member.SetText(request, text) ?? member.Check(request));
        }
    }

    /// <summary>
    /// Notes in the call what is wrong with the members that stand outside of the body, as far as attributes cannot say
    /// it.
    /// </summary>
    protected void CheckOutside(HttpCall call, object request, Action<object, InputErrors> check)
    {
        var own = new InputErrors();
        check(request, own);
        if (!own.Any) return;
        var failure = own.ToFailure();
        foreach (var item in failure.Errors!) Add(call.Errors, failure.Code, item);
    }

    static void Note(HttpCall call, RequestMember member, string? wrong)
    {
        if (wrong is null) return;
        if (member.Place == RequestPlace.Header)
            call.Errors.Add(ErrorCodes.RequestInvalidHeader, PlaceOf(member), $"{member.HttpName} {wrong}");
        else call.Errors.Add(PlaceOf(member), $"`{member.HttpName}` {wrong}");
    }

    /// <summary>
    /// The request with what the body has of it. The bounds of that are not checked yet. It can fail by whatever makes
    /// a body unreadable, such as `request.invalid_json` and `request.body_too_large`.
    /// </summary>
    protected async ValueTask<Outcome<object>> ReadBodyAsync(HttpCall call, object request)
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

        if (!spec.Request.HasJsonBody) return Outcome.Of(request);
        var json = await call.ReadJsonBytesAsync();
        if (json.Failure is { } failure) return failure;
        var parsed = JsonBodies.Parse(json.Value, RequestJson.Body.GetTypeInfo(spec.Request.Type));
        if (parsed.Value is not { } body) return parsed;
        foreach (var member in spec.Request.Outside) member.Copy(request, body);
        return parsed;
    }

    /// <summary>
    /// Whether the body itself is a member. Where a body can also be a JSON object of members, its content type
    /// decides.
    /// </summary>
    bool IsRaw(HttpCall call) => !spec.Request.HasJsonBody
        || JsonBodies.IsMedia(call.Http.Request.ContentType, _raw!.ContentType!);

    void Add(InputErrors errors, ErrorCode code, ProblemItem item)
    {
        var place = PlaceOf(item.Pointer);
        // A wrong header has a code of its own. It stands for the general one, not for a code that says more.
        var isHeader = code == ErrorCodes.RequestInvalid && place.StartsWith("header:", StringComparison.Ordinal);
        errors.Add(isHeader ? ErrorCodes.RequestInvalidHeader : code, place, item.Message);
    }

    string PlaceOf(string pointer) => spec.Request.MemberAt(pointer) switch
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

    /// <summary>The members that stand in the path, in the order of the path.</summary>
    static RequestMember[] PathOf(RequestSpec spec, IPathReader? reader)
    {
        var members = MembersIn(spec, RequestPlace.Path);
        return reader is null
            ? members
            : [.. reader.Path.Select(parameter => members.Single(member => member.HttpName == parameter.Name))];
    }

    static RequestMember[] MembersIn(RequestSpec spec, RequestPlace place) =>
        [.. spec.Request.Members.Where(member => member.Place == place)];
}
