using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Store.Claims;

/// <summary>`POST /store/{namespace}/claim`: claims what there is, or waits until there is something.</summary>
internal static class ClaimRoutes
{
    public static OperationSpec SpecOf(StoreFeature store) => new OperationSpec<ClaimRequest, RecordsClaimed>(
        ClaimRecords.Action, "Claims the oldest records that match, each for one caller at a time.",
        (request, context) => Make(store, request, context))
    {
        Description = """
            `match` compares scalars at JSON pointers, numbers by their value. A claim is a write: it puts `set` into
            each record. It ends when it is completed or released, or when its lease does; then what `set` changed and
            nobody touched since goes back to what it was, so that the record matches again. Plain writes to a claimed
            record go on; deleting it ends the claim. With `wait` the answer comes as soon as something can be claimed:
            one who waits is woken for each record. Without anything `items` is empty and nothing was changed. Records
            that do not take `set` are passed by, and named in `skipped`; where there are no others the claim fails.

            What can be claimed is kept in order for each combination of `prefix` and pointers that a namespace is
            claimed by, at most 8; the first claim of a new one may take a moment, or ask to be repeated.
            """,
        Resource = (request, _) => RecordSpace.ResourceOf(RecordSpace.StoredNamespaceOf(request), ""),
        Done = "What is the caller's now, if anything.",
        Errors =
        [
            ErrorCodes.StoreTypeMismatch, ErrorCodes.StoreTooLarge, ErrorCodes.WorkspaceFull,
            ErrorCodes.StoreTooManyShapes, ErrorCodes.StoreIndexBuilding, ErrorCodes.WaitersTooMany,
            ErrorCodes.StoreContended,
        ],
    };

    static Outcome<Operation> Make(StoreFeature store, ClaimRequest request, OperationContext context)
    {
        var wrong = new InputErrors();
        var wish = ClaimWish.Of(RecordSpace.StoredNamespaceOf(request), request, wrong);
        if (wrong.Any) return wrong.ToFailure() with { IsOfRequest = true };
        return new ClaimRecords(store, wish)
        {
            Actor = context.Actor,
            Wait = TimeSpan.FromSeconds(request.Wait ?? 0),
        };
    }

    /// <summary>
    /// Claims what there is, or waits until there is something. When the time is over, the answer has no items.
    /// </summary>
    public static async ValueTask<Failure?> ClaimAsync(HttpCall call, StoreFeature store, ClaimRecords claim)
    {
        var outcome = await WaitAsync(call, store, claim.Wish, claim.Wait);
        if (outcome.Value is { } effect) return await AnswerAsync(call, effect);
        return ReferenceEquals(outcome.Failure, ClaimFailures.Nothing)
            ? await AnswerAsync(call, new Effect(new RecordsClaimed { Items = [] })
            {
                Seq = call.Caller.Services.Feed.Head(call.Actor.WorkspaceId),
            })
            : outcome.Failure;
    }

    static async ValueTask<Failure?> AnswerAsync(HttpCall call, Effect effect)
    {
        await call.AnswerAsync(effect);
        return null;
    }

    static async ValueTask<Outcome<Effect>> WaitAsync(HttpCall call, StoreFeature store, ClaimWish wish, TimeSpan wait)
    {
        Outcome<Effect> outcome = ClaimFailures.Nothing;
        var target = wish.Match.TargetIn(new NamespaceKey(call.Actor.WorkspaceId, wish.Namespace));
        var failure = await store.ClaimWaiters.TakeAsync(call.Caller, target, wait, async () =>
        {
            outcome = await AttemptAsync(call, store, wish);
            if (ReferenceEquals(outcome.Failure, ClaimFailures.Nothing)) return LookResult.Vain;
            return outcome.Value is { Replayed: null } ? LookResult.Taken : LookResult.Failed;
        });
        return failure is null ? outcome : failure;
    }

    static async ValueTask<Outcome<Effect>> AttemptAsync(HttpCall call, StoreFeature store, ClaimWish wish)
    {
        while (true)
        {
            var outcome = await call.RunAsync(new ClaimRecords(store, wish) { Actor = call.Actor });
            if (!ReferenceEquals(outcome.Failure, ClaimFailures.NotBuilt)) return outcome;
            var namespaceKey = new NamespaceKey(call.Actor.WorkspaceId, wish.Namespace);
            var unbuilt = await store.ClaimBuilder.BuildAsync(namespaceKey, wish.Match, call.Aborted);
            if (unbuilt is not null) return unbuilt;
        }
    }
}
