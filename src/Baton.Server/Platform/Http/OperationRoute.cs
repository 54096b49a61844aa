using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Http.OpenApi;

namespace Baton.Server.Platform.Http;

/// <summary>What HTTP makes of an operation: its route's spec, all of it from what the operation declares.</summary>
internal static class OperationRoute
{
    const string ContentType = "Content-Type";

    public static RouteSpec SpecOf(OperationSpec operation, RequestBinder binder, IPathReader? reader = null)
    {
        var spec = new RouteSpec(operation.Name, operation.Summary)
        {
            Description = operation.Description,
            Role = operation.Role,
            IsMutation = !operation.IsOperational,
            IsOperational = operation.IsOperational,
            Path = reader?.Path ?? ParametersOf(operation, RequestPlace.Path),
            Query = [.. reader?.Query ?? [], .. ParametersOf(operation, RequestPlace.Query)],
            Headers = [.. ConditionsOf(operation), .. ParametersOf(operation, RequestPlace.Header)],
            Body = BodyOf(operation),
            Answers = [.. AnswersOf(operation)],
            Errors = [.. operation.Errors, .. ErrorsOfBody(operation)],
        };
        return operation.NamesItsThing
            ? spec with { Resource = call => operation.ResourceOf(call.RequestOf(binder), call.Actor) }
            : spec;
    }

    static IEnumerable<ParameterSpec> ConditionsOf(OperationSpec operation)
    {
        if (operation.Request.Members.All(member => member.Place != RequestPlace.Conditions)) return [];
        return operation.MakesWhatIsAbsent
            ? [ConditionHeaders.IfMatch, ConditionHeaders.IfNoneMatch]
            : [ConditionHeaders.IfMatch];
    }

    /// <summary>OpenAPI tells the content type with the body, not as a header.</summary>
    static ParameterSpec[] ParametersOf(OperationSpec operation, RequestPlace place) =>
    [
        .. operation.Request.Members
            .Where(member => member.Place == place && member.HttpName != ContentType).Select(ParameterOf),
    ];

    static ParameterSpec ParameterOf(RequestMember member) => new(
        member.HttpName, member.HttpType, WireDocstrings.Shared.SummaryOf(member.Declared) ?? "")
    {
        Minimum = member.Bounds.Minimum,
        Maximum = member.Bounds.Maximum,
        MinLength = member.Bounds.MinLength,
        MaxLength = member.Bounds.MaxLength,
        Pattern = member.Bounds.Form?.Pattern,
    };

    static BodySpec? BodyOf(OperationSpec operation)
    {
        var (request, raw) = (operation.Request, operation.Request.RawBody);
        if (request.HasJsonBody)
            return new BodySpec(request.Type, operation.BodyLimit) { OtherContentType = raw?.ContentType };
        if (raw is null) return null;
        return new BodySpec(raw.ItemType, operation.BodyLimit)
        {
            ContentType = raw.ItemType is null ? raw.ContentType : null,
            MaxItems = raw.MaxItems,
        };
    }

    static IEnumerable<AnswerSpec> AnswersOf(OperationSpec operation)
    {
        string[] headers = operation.IsOperational ? [] : ["Baton-Seq"];
        if (operation.HasVersion) headers = [.. headers, "ETag"];
        if (operation.Created is { } created)
            yield return new AnswerSpec(201, operation.AnswerType, created) { Headers = headers };
        if (operation.Done is { } done)
            yield return new AnswerSpec(200, operation.AnswerType, done) { Headers = headers };
    }

    /// <summary>Of a body that is JSON of no type: the edge knows those of typed ones.</summary>
    static IEnumerable<ErrorCode> ErrorsOfBody(OperationSpec operation) =>
        operation.Request.RawBody is { ContentType: not null, ItemType: null } && !operation.Request.HasJsonBody
            ? [ErrorCodes.RequestUnsupportedMediaType, ErrorCodes.RequestInvalidJson]
            : [];
}
