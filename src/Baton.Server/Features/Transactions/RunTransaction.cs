using System.Text.Json;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Transactions;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Transactions;

/// <summary>Does several operations in one commit, all or none: `transaction.run`.</summary>
/// <remarks>
/// They are decided one after the other over the same rows, so each sees what those before it did. The first that fails
/// fails all: the lane undoes what the others changed, as it does for any operation.
/// </remarks>
internal sealed class RunTransaction(IReadOnlyList<Operation> operations) : Operation
{
    public const string Action = "transaction.run";

    public override string Name => Action;

    public override string Resource => WorkspaceRow.ResourceOf(Actor.WorkspaceId);

    public override Weight Weight => Weight.Of(operations.Select(operation => operation.Weight));

    public override Contention Contention => Contention.Of(
        ErrorCodes.TransactionContended, [.. operations.Select(operation => operation.Contention)]);

    public override IReadOnlyList<string> Locks => [.. operations.SelectMany(operation => operation.Locks)];

    /// <summary>The transaction of a request; or what is wrong with its operations, or refused to its actor.</summary>
    public static Outcome<Operation> Make(
        TransactionRequest request, Actor actor, OperationCatalogue catalogue, Permissions permissions)
    {
        var made = Make(request.Operations, actor, catalogue, permissions);
        return made.Failure is { } failure ? failure : new RunTransaction(made.Value!) { Actor = actor };
    }

    public override WorkspaceRow? NewWorkspace(long now) =>
        operations.Select(operation => operation.NewWorkspace(now)).FirstOrDefault(made => made is not null);

    public override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        for (var index = 0; index < operations.Count; index++)
        {
            if (await operations[index].PrepareAsync(cancellation) is { } decided) return Of(index, decided);
        }

        return null;
    }

    public override void Reads(ReadSet reads)
    {
        reads.BeginSeveral();
        foreach (var operation in operations) operation.Reads(reads);
    }

    public override Decision Decide(UnitOfWork work)
    {
        var effects = new List<Effect>(operations.Count);
        for (var index = 0; index < operations.Count; index++)
        {
            var decided = operations[index].Decide(work);
            if (decided.Effect is not { } effect) return Of(index, decided);
            effects.Add(effect);
        }

        return new Effect(DoneOf(effects, effect => effect.Answer!))
        {
            Seq = effects.Max(effect => effect.Seq),
            Replay = effects.Exists(effect => effect.Replay is not null)
                ? DoneOf(effects, effect => effect.Replay ?? effect.Answer!)
                : null,
        };
    }

    static TransactionDone DoneOf(List<Effect> effects, Func<Effect, Committed> answerOf) =>
        new() { Results = effects.ConvertAll(effect => answerOf(effect)) };

    /// <summary>
    /// A failure of one is that of the whole, with its place; and with one all are prepared again.
    /// </summary>
    Decision Of(int index, Decision decided) =>
        decided.Failure is { } failure ? OperationPlace.Of(index, failure, operations[index]) : decided;

    static Outcome<IReadOnlyList<Operation>> Make(
        IReadOnlyList<JsonElement> requests, Actor actor, OperationCatalogue catalogue, Permissions permissions)
    {
        var errors = new InputErrors();
        if (requests.Count is 0 or > TransactionRequest.MaxOperations)
            errors.Add(
                "/operations",
                $"There are {requests.Count} operations, but must be 1 to {TransactionRequest.MaxOperations}.");
        var operations = new List<Operation>(requests.Count);
        for (var index = 0; index < requests.Count && index < TransactionRequest.MaxOperations; index++)
        {
            var own = new InputErrors();
            if (Find(requests[index], catalogue, own) is { } spec && spec.Make(requests[index], actor, own) is { } made)
            {
                if (!own.Any && !permissions.May(actor, spec.Role, spec.Name, made.Resource))
                    return OperationPlace.Of(
                        index, permissions.Denied(actor, spec.Role, spec.Name, made.Resource), made);
                // Here, so that what is wrong with any of them is told at once.
                made.Validate(own);
                operations.Add(made);
            }

            if (own.Any) OperationPlace.AddTo(errors, index, own);
        }

        return errors.Any ? errors.ToFailure() with { IsOfRequest = true } : operations;
    }

    static OperationSpec? Find(JsonElement request, OperationCatalogue catalogue, InputErrors errors)
    {
        if (request.ValueKind != JsonValueKind.Object)
        {
            errors.Add(ErrorCodes.RequestInvalidJson, "", "An operation must be a JSON object with `op`.");
            return null;
        }

        if (NameOf(request) is not { } name)
        {
            errors.Add(ErrorCodes.RequestInvalidJson, "/op", "`op` must be there, a text: the operation's name.");
            return null;
        }

        var spec = catalogue.Find(name) is { IsForTransactions: true } known ? known : null;
        if (spec is null) errors.Add("/op", Unknown(name, catalogue.ForTransactions.Select(known => known.Name)));
        return spec;
    }

    /// <summary>Null where there is no name, or none that is text.</summary>
    static string? NameOf(JsonElement request)
    {
        try
        {
            return request.TryGetProperty("op", out var op) && op.ValueKind == JsonValueKind.String
                ? op.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, in it or in the name of a member.
            return null;
        }
    }

    static string Unknown(string name, IEnumerable<string> known) =>
        NearestName.Of(name, known) is { } nearest
            ? $"There is no operation \"{InputText.Shorten(name)}\"; did you mean \"{nearest}\"?"
            : $"There is no operation \"{InputText.Shorten(name)}\"; known are: {string.Join(", ", known)}.";
}
