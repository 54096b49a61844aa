using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Json;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http.Headers;

namespace Baton.Server.Platform.Http;

/// <summary>The one mapping from failures to answers (RFC 9457).</summary>
internal static class ProblemWriter
{
    public static async ValueTask WriteAsync(HttpContext http, Failure failure)
    {
        var response = http.Response;
        if (response.HasStarted)
        {
            http.Abort();
            return;
        }

        response.StatusCode = failure.Code.Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = CacheRules.NotStored;
        if (failure.RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (failure.Code.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer realm=\"baton\"";
        var body = JsonSerializer.SerializeToUtf8Bytes(
            ToProblem(http, failure), BatonJson.Options.GetTypeInfo(typeof(Problem)));
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    static Problem ToProblem(HttpContext http, Failure failure) => new()
    {
        Type = "urn:baton:error:" + failure.Code.Code,
        Title = failure.Code.Title,
        Status = failure.Code.Status,
        Detail = failure.Detail,
        Code = failure.Code.Code,
        Hint = failure.Code.Hint,
        Retryable = failure.Code.Retryable,
        TraceId = TraceContext.TraceId(http) ?? ActivityTraceId.CreateRandom().ToHexString(),
        Errors = failure.Errors,
        Operation = failure.Operation,
        CurrentVersion = failure.CurrentVersion,
        Head = failure.Head,
        FirstEntry = failure.FirstEntry,
    };
}
