using Baton.Contracts.Errors;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Features.Store;

/// <summary>Failures that several use cases answer.</summary>
internal static class StoreFailures
{
    public static Failure NotFound(RecordKey key) =>
        new(ErrorCodes.StoreNotFound, $"There is no record {InputText.Shorten(key.Resource)}.");

    public static Failure TooLarge(long size, long limit) =>
        new(ErrorCodes.StoreTooLarge, $"The value would have {size} bytes; {limit} is the most.");

    public static Failure WorkspaceFull(long limit) =>
        new(ErrorCodes.WorkspaceFull, $"The workspace may hold {limit} bytes.");
}
