using Baton.Contracts.Errors;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http;

/// <summary>
/// The errors that come from the edge and the lane rather than from a route's own work: what <see cref="Edge"/>,
/// <see cref="HttpCall"/> and what they call can answer. Listed here once; a <see cref="RouteSpec"/> names only its
/// own.
/// </summary>
internal static class EdgeErrors
{
    /// <summary>The errors of a request that no route takes.</summary>
    public static IReadOnlyList<ErrorCode> Unrouted { get; } =
        [ErrorCodes.RouteNotFound, ErrorCodes.RouteMethodNotAllowed];

    /// <summary>The errors that every route can answer, also those that need no key.</summary>
    public static IReadOnlyList<ErrorCode> Everywhere { get; } =
        [ErrorCodes.RequestMalformed, ErrorCodes.RequestUnknownParameter, ErrorCodes.ServerInternal];

    /// <summary>The errors that every route with a key can answer.</summary>
    public static IReadOnlyList<ErrorCode> Authenticated { get; } =
    [
        ErrorCodes.RequestInvalid,
        ErrorCodes.RequestInvalidHeader,
        ErrorCodes.AuthRequired,
        ErrorCodes.AccessDenied,
        ErrorCodes.AccessAgentMismatch,
        ErrorCodes.WorkspaceNotFound,
        ErrorCodes.WorkspaceDamaged,
        ErrorCodes.RateLimited,
        // Baton-Min-Seq can make any request wait.
        ErrorCodes.WaitersTooMany,
        ErrorCodes.ReadNotCaughtUp,
        ErrorCodes.ServerStopping,
        ErrorCodes.StorageUnavailable,
    ];

    /// <summary>The errors that can come anywhere: every client has to know them.</summary>
    public static IReadOnlyList<ErrorCode> Common { get; } = [.. Everywhere, .. Authenticated, .. Unrouted];

    /// <summary>The errors of the lane, for which every write waits.</summary>
    static readonly ErrorCode[] s_lane = [ErrorCodes.ServerOverloaded, ErrorCodes.StorageFull];

    static readonly ErrorCode[] s_mutation =
        [ErrorCodes.IdempotencyKeyReused, ErrorCodes.IdempotencyInProgress, ErrorCodes.IdempotencyFull];

    static readonly ErrorCode[] s_body =
    [
        ErrorCodes.RequestBodyTooLarge, ErrorCodes.RequestBodyTooSlow, ErrorCodes.RequestUnsupportedMediaType,
        ErrorCodes.ServerOverloaded,
    ];

    /// <summary>
    /// A route that takes no body has these too: whether a body comes all the same is sometimes known only when it
    /// should have arrived.
    /// </summary>
    static readonly ErrorCode[] s_noBody = [ErrorCodes.RequestBodyNotTaken, ErrorCodes.RequestBodyTooSlow];

    static readonly ErrorCode[] s_jsonBody = [ErrorCodes.RequestInvalidJson];

    /// <summary>Every error that a route can answer: its own, and those of all routes of its kind.</summary>
    public static IEnumerable<ErrorCode> AllOf(Route route)
    {
        IEnumerable<ErrorCode> errors = [.. Everywhere, .. route.Spec.Errors];
        if (route.Spec.Body is null) errors = errors.Concat(s_noBody);
        if (route.Spec.Role is null) return errors.Distinct();
        errors = errors.Concat(Authenticated);
        if (route.Method != HttpMethods.Get) errors = errors.Concat(s_lane);
        errors = route.Spec.IsMutation
            ? errors.Concat(s_mutation)
            : errors.Append(ErrorCodes.RequestIdempotencyNotSupported);
        if (route.Spec.Body is { } body) errors = errors.Concat(body.Type is null ? s_body : s_body.Concat(s_jsonBody));
        return errors.Distinct();
    }
}
