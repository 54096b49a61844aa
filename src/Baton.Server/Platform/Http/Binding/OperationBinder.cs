using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Http.Headers;
using Baton.Server.Platform.Http.Parameters;

namespace Baton.Server.Platform.Http.Binding;

/// <summary>Makes the operation that a call asks for. Made once for each route; safe for concurrent use.</summary>
internal sealed class OperationBinder(OperationSpec operation, IPathReader? reader = null)
    : RequestBinder(operation, reader)
{
    readonly Action<object, InputErrors> _check = operation.CheckOutside;
    readonly bool _isConditional =
        operation.Request.Members.Any(member => member.Place == RequestPlace.Conditions);

    /// <summary>
    /// The operation that a call asks for. All that is wrong outside of the body is told at once, and before it is
    /// read; then all that is wrong in it.
    /// </summary>
    public async ValueTask<Outcome<Operation>> ReadAsync(HttpCall call)
    {
        var request = call.RequestOf(this);
        var key = operation.IsOperational ? null : IdempotencyHeader.ReadKey(call);
        ReadOutside(call, request);
        var precondition = _isConditional ? Precondition.Read(call.Http.Request, call.Errors) : Precondition.None;
        CheckOutside(call, request, _check);
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
}
