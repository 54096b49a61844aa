using System.Globalization;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Baton.Server.Platform.Http;

/// <summary>
/// Refuses a body that the route would ignore, or that comes in a coding which the route would take for the content
/// itself. With either, the route would do something else than the caller has asked for.
/// </summary>
internal static class RequestContent
{
    public static ValueTask<Failure?> CheckAsync(HttpCall call)
    {
        var request = call.Http.Request;
        var detection = call.Http.Features.Get<IHttpRequestBodyDetectionFeature>();
        if (detection is { CanHaveBody: false }) return default;
        if (call.Spec.Body is not null) return new(CheckCoding(call.Http));
        return request.ContentLength is { } length
            ? new(length == 0 ? null : NotTaken(string.Create(CultureInfo.InvariantCulture, $"{length} bytes")))
            : LookAsync(call);
    }

    /// <summary>Looks whether a body comes: a chunked one may turn out to be empty.</summary>
    static async ValueTask<Failure?> LookAsync(HttpCall call)
    {
        var reader = call.Http.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(call.Aborted);
            var isEmpty = result.Buffer.IsEmpty;
            reader.AdvanceTo(result.Buffer.End);
            if (!isEmpty) return NotTaken("a chunked body");
            if (result.IsCompleted) return null;
        }
    }

    static Failure NotTaken(string what) =>
        new(ErrorCodes.RequestBodyNotTaken, $"The request carries {what}, but this route takes no body.");

    static Failure? CheckCoding(HttpContext http)
    {
        var headers = http.Request.Headers;
        var isCoded = IsCoded(headers.ContentEncoding);
        if (!isCoded && !IsCodedInTransfer(headers.TransferEncoding)) return null;
        // RFC 9110, section 12.5.3: this header tells the client that the coding was refused, not the type.
        http.Response.Headers.AcceptEncoding = "identity";
        var (name, coding) = isCoded
            ? ("Content-Encoding", headers.ContentEncoding)
            : ("Transfer-Encoding", headers.TransferEncoding);
        return new Failure(
            ErrorCodes.RequestUnsupportedMediaType,
            $"{name} is {InputText.Shorten(coding.ToString())}, but a body must be sent as it is: "
            + $"leave {name} out, and do not compress it.");
    }

    /// <summary>
    /// The failure if the route does not take the content type. For a PATCH a header also names the types that it takes
    /// (RFC 5789, section 3.1).
    /// </summary>
    public static Failure WrongType(HttpCall call, string mediaType)
    {
        var request = call.Http.Request;
        var other = call.Spec.Body!.OtherContentType;
        if (HttpMethods.IsPatch(request.Method))
            call.Http.Response.Headers["Accept-Patch"] = other is null ? mediaType : $"{mediaType}, {other}";
        return new Failure(
            ErrorCodes.RequestUnsupportedMediaType,
            $"The content type is {InputText.Shorten(request.ContentType ?? "missing")}, but must be {mediaType}"
            + (other is null ? "." : $" or {other}."));
    }

    /// <summary>Whether a list of codings names one that changes the bytes.</summary>
    static bool IsCoded(StringValues header)
    {
        foreach (var line in header)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var coding = line.AsSpan(part).Trim();
                if (coding.Length > 0 && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return true;
            }
        }

        return false;
    }

    /// <summary>The web server undoes `chunked`, once, and nothing else.</summary>
    static bool IsCodedInTransfer(StringValues header) =>
        header.Count > 0 && !header.ToString().Trim().Equals("chunked", StringComparison.OrdinalIgnoreCase);
}
