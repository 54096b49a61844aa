using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Http.Headers;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http.Binding;

/// <summary>What HTTP makes of an operation: its route's spec, all of it from what the operation declares.</summary>
internal static class OperationRoute
{
    public static RouteSpec SpecOf(OperationSpec operation, OperationBinder binder, IPathReader? reader = null)
    {
        var spec = RequestRoute.SpecOf(operation, binder, reader, [.. AnswersOf(operation)]);
        return spec with
        {
            IsMutation = !operation.IsOperational,
            IsOperational = operation.IsOperational,
            Headers = [.. ConditionsOf(operation), .. spec.Headers],
        };
    }

    static IEnumerable<ParameterSpec> ConditionsOf(OperationSpec operation)
    {
        if (operation.Request.Members.All(member => member.Place != RequestPlace.Conditions)) return [];
        return operation.MakesWhatIsAbsent
            ? [ConditionHeaders.IfMatch, ConditionHeaders.IfNoneMatch]
            : [ConditionHeaders.IfMatch];
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
}
