using Baton.Contracts.Errors;
using Baton.Contracts.Transactions;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Transactions;

/// <summary>Several operations as one commit, whatever features they are of.</summary>
internal static class TransactionFeature
{
    // The errors of parts that were overtaken: for the whole transaction there is one error of its own.
    static readonly ErrorCode[] s_contended =
        [ErrorCodes.StashContended, ErrorCodes.StoreContended, ErrorCodes.StreamContended];

    /// <summary>Call it when every feature has registered its operations.</summary>
    public static void Map(Routes routes, OperationCatalogue operations) =>
        routes.Post("/transaction", SpecOf(operations), call => RunTransaction.HandleAsync(call, operations));

    static RouteSpec SpecOf(OperationCatalogue operations) => new(
        RunTransaction.Action, "Does several operations in one commit: all of them, or none.")
    {
        Description = """
            Each operation sees what those before it did, and `results` holds for each what its own route would answer,
            all with the `seq` of the one commit. If one fails, nothing was done: the answer is that operation's own
            status and code, with its place as `operation`.
            """,
        IsMutation = true,
        Body = new BodySpec(typeof(TransactionRequest), options => options.TransactionBytes),
        Answers = [AnswerSpec.Json<TransactionDone>(200, "All is done.", "Baton-Seq")],
        Errors =
        [
            .. operations.ForTransactions.SelectMany(spec => spec.Errors.Concat(spec.ErrorsOfJson)).Except(s_contended)
                .Distinct(),
            ErrorCodes.TransactionContended,
        ],
    };
}
