using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Commits.Operations;

/// <summary>
/// What is known of one kind of operation besides its request. Its name is the action of its ledger entries.
/// </summary>
/// <param name="name">The name, `stash.put`, which is unique.</param>
/// <param name="summary">The first sentence of its description, which the SDKs, the CLI and the tools share.</param>
/// <param name="request">What its request declares.</param>
/// <param name="answerType">The record that answers it.</param>
internal abstract class OperationSpec(string name, string summary, RequestShape request, Type answerType)
    : RequestSpec(name, summary, request)
{
    public Type AnswerType => answerType;

    /// <summary>The errors with which it can fail besides, where all of its request is JSON.</summary>
    public IReadOnlyList<ErrorCode> ErrorsOfJson { get; init; } = [];

    /// <summary>What 201 means: something new was made. Null: it never makes anything.</summary>
    public string? Created { get; init; }

    /// <summary>What 200 means. Null: it always makes something new.</summary>
    public string? Done { get; init; }

    /// <summary>Whether it makes a thing that is absent. Then a caller may ask that the thing is absent.</summary>
    public bool MakesWhatIsAbsent { get; init; }

    /// <summary>
    /// Whether it is kept out of the ledger, though it is durable. Then it takes no Idempotency-Key, and its answer
    /// names no commit.
    /// </summary>
    public bool IsOperational { get; init; }

    /// <summary>Whether it can be one of several in a transaction.</summary>
    public bool IsForTransactions { get; init; }

    /// <summary>
    /// Makes the operation of a request, also of one that was found wrong, so that all that is wrong is told at once. A
    /// failure is one of the request: it says which members are wrong.
    /// </summary>
    public abstract Outcome<Operation> Make(object request, OperationContext context);

    /// <summary>
    /// Makes the operation of a request whose members are all in one JSON object, beside the name of the operation.
    /// </summary>
    /// <param name="json">The object.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="errors">
    /// Gets all that is wrong with the request, except what <see cref="Operation.Validate"/> finds. Places are JSON
    /// pointers into the request.
    /// </param>
    /// <returns>The operation; null where the JSON is not even a request, or none can be made of it.</returns>
    public Operation? Make(JsonElement json, Actor actor, InputErrors errors)
    {
        var parsed = JsonBodies.Parse(
            JsonMarshal.GetRawUtf8Value(json), RequestJson.Whole.GetTypeInfo(Request.Type));
        if (parsed.Failure is { } failure)
        {
            errors.AddAll(failure, place => place);
            return null;
        }

        Request.Check(parsed.Value!, errors);
        CheckOutside(parsed.Value!, errors);
        var precondition = parsed.Value is IConditionalRequest conditional
            ? Precondition.OfVersion(conditional.IfVersion, errors)
            : Precondition.None;
        var made = Make(parsed.Value!, new OperationContext(actor) { Precondition = precondition });
        if (made.Failure is { } wrong) errors.AddAll(wrong, place => place);
        return made.Value;
    }
}

/// <inheritdoc/>
/// <param name="name">The name, `stash.put`, which is unique.</param>
/// <param name="summary">The first sentence of its description.</param>
/// <param name="make">Makes the operation of a request, as <see cref="Make"/> does.</param>
internal sealed class OperationSpec<
    [DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest, TAnswer>(
    string name, string summary, Func<TRequest, OperationContext, Outcome<Operation>> make)
    : OperationSpec(name, summary, RequestShape.Of<TRequest>(), typeof(TAnswer))
    where TRequest : class, IOperationRequest
{
    /// <summary>The resource that a request is about. Null: it is the workspace.</summary>
    public Func<TRequest, Actor, string>? Resource { get; init; }

    /// <summary>Does what <see cref="CheckOutside"/> promises. Null: attributes say everything.</summary>
    public Action<TRequest, InputErrors>? Check { get; init; }

    public override bool NamesItsThing => Resource is not null;

    public override string ResourceOf(object request, Actor actor) =>
        Resource is null ? WorkspaceRow.ResourceOf(actor.WorkspaceId) : Resource((TRequest)request, actor);

    public override void CheckOutside(object request, InputErrors errors) => Check?.Invoke((TRequest)request, errors);

    public override Outcome<Operation> Make(object request, OperationContext context) =>
        make((TRequest)request, context);
}
