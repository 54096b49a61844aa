using Baton.Contracts.Errors;
using Baton.Contracts.Transactions;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Transactions;

/// <summary>Several operations as one commit, whatever features they are of.</summary>
internal static class TransactionFeature
{
    // The errors of parts that were overtaken: for the whole transaction there is one error of its own.
    static readonly ErrorCode[] s_contended =
        [ErrorCodes.StashContended, ErrorCodes.StoreContended, ErrorCodes.StreamContended];

    /// <summary>Call it when every feature has registered its operations.</summary>
    public static void AddTo(OperationCatalogue operations, Permissions permissions) =>
        operations.Add(SpecOf(operations, permissions));

    public static void Map(Routes routes) => routes.Post("/transaction", RunTransaction.Action);

    static OperationSpec<TransactionRequest, TransactionDone> SpecOf(
        OperationCatalogue operations, Permissions permissions) =>
        new(
            RunTransaction.Action, "Does several operations in one commit: all of them, or none.",
            (request, context) => RunTransaction.Make(request, context.Actor, operations, permissions))
        {
            Description = """
            Each operation sees what those before it did, and `results` holds for each what its own route would answer,
            all with the `seq` of the one commit. If one fails, nothing was done: the answer is that operation's own
            status and code, with its place as `operation`.
            """,
            BodyLimit = options => options.TransactionBytes,
            Done = "All is done.",
            Errors =
        [
            .. operations.ForTransactions.SelectMany(spec => spec.Errors.Concat(spec.ErrorsOfJson)).Except(s_contended)
                .Distinct(),
            ErrorCodes.TransactionContended,
        ],
        };
}
