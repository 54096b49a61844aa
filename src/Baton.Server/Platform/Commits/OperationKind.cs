using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Contracts.Transactions;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Commits;

/// <summary>An operation whose request is not declared once yet: its feature parses it for each edge.</summary>
internal abstract class OperationKind(string name, Type requestType, Type answerType)
    : OperationSpec(name, "", request: null!, answerType)
{
    public Type RequestType => requestType;

    public override bool NamesItsThing => false;

    public override string ResourceOf(object request, Actor actor) => throw new NotSupportedException();

    public override void CheckOutside(object request, InputErrors errors) => throw new NotSupportedException();

    public override Operation Make(object request, OperationContext context) => throw new NotSupportedException();
}

/// <inheritdoc/>
internal sealed class OperationKind<TRequest, TAnswer> : OperationKind
    where TRequest : TransactionOperation
{
    readonly Func<TRequest, Actor, InputErrors, Operation> _make;

    public OperationKind(string name, Func<TRequest, Actor, InputErrors, Operation> make)
        : base(name, typeof(TRequest), typeof(TAnswer))
    {
        _make = make;
        IsForTransactions = true;
    }

    public override Operation? Make(JsonElement request, Actor actor, InputErrors errors)
    {
        var parsed = JsonBodies.Parse<TRequest>(JsonMarshal.GetRawUtf8Value(request));
        if (parsed.Failure is not { } failure) return _make(parsed.Value!, actor, errors);
        errors.AddAll(failure, place => place);
        return null;
    }
}
