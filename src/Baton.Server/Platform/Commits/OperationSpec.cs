using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Commits;

/// <summary>
/// All that is known of one kind of mutation besides its request. Its name is the action of its ledger entries.
/// </summary>
/// <param name="name">`stash.put`: unique.</param>
/// <param name="summary">The first sentence, shared by the SDKs, the CLI and the tools.</param>
/// <param name="request">What is declared of its request.</param>
/// <param name="answerType">The wire record of its answer.</param>
internal abstract class OperationSpec(string name, string summary, RequestShape request, Type answerType)
    : RequestSpec(name, summary, request)
{
    public Type AnswerType => answerType;

    /// <summary>What can be wrong besides with a request in JSON.</summary>
    public IReadOnlyList<ErrorCode> ErrorsOfJson { get; init; } = [];

    /// <summary>When something new came to be; null: it never does.</summary>
    public string? Created { get; init; }

    /// <summary>What the answer means otherwise; null: something new always came to be.</summary>
    public string? Done { get; init; }

    /// <summary>It makes a thing that is absent, so that a caller may ask that it is absent.</summary>
    public bool MakesWhatIsAbsent { get; init; }

    /// <summary>
    /// Durable, but not in the ledger: it takes no Idempotency-Key, and its answer names no commit.
    /// </summary>
    public bool IsOperational { get; init; }

    /// <summary>Whether it can be one of several in a transaction.</summary>
    public bool IsForTransactions { get; init; }

    /// <summary>
    /// The operation of a request, which may have been found wrong; or why there is none, which is of the request.
    /// </summary>
    public abstract Outcome<Operation> Make(object request, OperationContext context);

    /// <summary>
    /// The operation of a request that is all one JSON object, beside the operation's name; null where it is not even
    /// that. <paramref name="errors"/> gets what is wrong, but for what <see cref="Operation.Validate"/> asks: places
    /// are pointers into the request.
    /// </summary>
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
/// <param name="name">`stash.put`.</param>
/// <param name="summary">The first sentence.</param>
/// <param name="make">The operation of a request.</param>
internal sealed class OperationSpec<TRequest, TAnswer>(
    string name, string summary, Func<TRequest, OperationContext, Outcome<Operation>> make)
    : OperationSpec(name, summary, RequestShape.Of<TRequest>(), typeof(TAnswer))
    where TRequest : class, IOperationRequest
{
    /// <summary>What a request is about; null: the workspace.</summary>
    public Func<TRequest, Actor, string>? Resource { get; init; }

    /// <summary>What <see cref="CheckOutside"/> asks; null: attributes say it all.</summary>
    public Action<TRequest, InputErrors>? Check { get; init; }

    public override bool NamesItsThing => Resource is not null;

    public override string ResourceOf(object request, Actor actor) =>
        Resource is null ? WorkspaceRow.ResourceOf(actor.WorkspaceId) : Resource((TRequest)request, actor);

    public override void CheckOutside(object request, InputErrors errors) => Check?.Invoke((TRequest)request, errors);

    public override Outcome<Operation> Make(object request, OperationContext context) =>
        make((TRequest)request, context);
}
