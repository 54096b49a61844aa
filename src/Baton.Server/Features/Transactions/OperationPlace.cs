using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Features.Transactions;

/// <summary>Adds the place of an operation in its transaction to the operation's failure.</summary>
internal static class OperationPlace
{
    /// <summary>Adds what is wrong with the input of one operation.</summary>
    public static void AddTo(InputErrors errors, int index, InputErrors own)
    {
        var failure = own.ToFailure();
        // An operation with a route of its own has a header where a transaction has a member.
        if (failure.Code == ErrorCodes.RequestInvalidHeader)
            failure = failure with { Code = ErrorCodes.RequestInvalid };
        errors.AddAll(failure, place => PointerOf(index, place));
    }

    /// <summary>
    /// The failure of an operation as that of the whole. Pointers stay what they are, into what the operation is about.
    /// </summary>
    public static Failure Of(int index, Failure failure, Operation operation) => failure with
    {
        Operation = index,
        Errors = failure.Errors is { } errors
            ? [.. errors.Select(item => IsPointer(item.Pointer) && !failure.IsOfRequest
                ? item
                : item with { Pointer = PointerOf(index, item.Pointer) })]
            : null,
        Refused = failure.Code.Status == StatusCodes.Status403Forbidden ? (operation.Name, operation.Resource) : null,
    };

    static bool IsPointer(string place) => place.Length == 0 || place[0] == '/';

    static string PointerOf(int index, string place)
    {
        var operation = $"/operations/{index}";
        if (IsPointer(place)) return operation + place;
        var name = place[(place.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return operation + "/" + name switch
        {
            "Content-Type" => "content_type",
            "Baton-Model" => "model",
            "Baton-Sources" => "sources",
            "If-Match" or "If-None-Match" => "if_version",
            _ => name,
        };
    }
}
