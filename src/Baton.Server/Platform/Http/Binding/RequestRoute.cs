using Baton.Contracts.Errors;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Basics.Requests.Members;
using Baton.Server.Platform.Http.OpenApi;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http.Binding;

/// <summary>What HTTP makes of a request: the parameters and the body of its route.</summary>
internal static class RequestRoute
{
    const string ContentType = "Content-Type";

    /// <summary>The route of a request as far as its declaration tells it.</summary>
    public static RouteSpec SpecOf(
        RequestSpec request, RequestBinder binder, IPathReader? reader, IReadOnlyList<AnswerSpec> answers)
    {
        var spec = new RouteSpec(request.Name, request.Summary)
        {
            Description = request.Description,
            Role = request.Role,
            Path = reader?.Path ?? ParametersOf(request, RequestPlace.Path),
            Query = [.. reader?.Query ?? [], .. ParametersOf(request, RequestPlace.Query)],
            Headers = ParametersOf(request, RequestPlace.Header),
            Body = BodyOf(request),
            Answers = answers,
            Errors = [.. request.Errors, .. ErrorsOfBody(request)],
        };
        return request.NamesItsThing
            ? spec with { Resource = call => request.ResourceOf(call.RequestOf(binder), call.Actor) }
            : spec;
    }

    /// <summary>OpenAPI tells the content type with the body, not as a header.</summary>
    static ParameterSpec[] ParametersOf(RequestSpec spec, RequestPlace place) =>
    [
        .. spec.Request.Members
            .Where(member => member.Place == place && member.HttpName != ContentType).Select(ParameterOf),
    ];

    static ParameterSpec ParameterOf(RequestMember member) => new(
        member.HttpName, member.HttpType,
        member.Sentence ?? WireDocstrings.Shared.SummaryOf(member.Declared) ?? "")
    {
        Minimum = member.Bounds.Minimum,
        Maximum = member.Bounds.Maximum,
        MinLength = member.Bounds.MinLength,
        MaxLength = member.Bounds.MaxLength,
        Pattern = member.Bounds.Form?.Pattern ?? PatternOf(member.Bounds.Allowed),
        Default = member.Bounds.Default,
        IsRequired = member.Bounds.IsRequired,
    };

    static string? PatternOf(IReadOnlyList<string>? values) =>
        values is null ? null : $"^({string.Join('|', values)})$";

    static BodySpec? BodyOf(RequestSpec spec)
    {
        var (request, raw) = (spec.Request, spec.Request.RawBody);
        if (request.HasJsonBody)
            return new BodySpec(request.Type, spec.BodyLimit) { OtherContentType = raw?.ContentType };
        if (raw is null) return null;
        return new BodySpec(raw.ItemType, spec.BodyLimit)
        {
            ContentType = raw.ItemType is null ? raw.ContentType : null,
            MaxItems = raw.MaxItems,
        };
    }

    /// <summary>Of a body that is JSON of no type: the edge knows those of typed ones.</summary>
    static IEnumerable<ErrorCode> ErrorsOfBody(RequestSpec spec) =>
        spec.Request.RawBody is { ContentType: not null, ItemType: null } && !spec.Request.HasJsonBody
            ? [ErrorCodes.RequestUnsupportedMediaType, ErrorCodes.RequestInvalidJson]
            : [];
}
