using System.Buffers.Text;
using System.Text;
using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Features.Stashes.Contents;

/// <summary>The content of a request, whichever of its members has it.</summary>
internal static class StashInput
{
    const string TextType = "text/plain; charset=utf-8";
    const string BytesType = "application/octet-stream";

    /// <summary>What the content is said to be.</summary>
    public static string TypeOf(StashContentRequest request) =>
        request.ContentType ?? (request.Content is null ? BytesType : TextType);

    /// <summary>The bytes; what is wrong with them is noted.</summary>
    public static byte[] Read(StashContentRequest request, StashOptions options, InputErrors errors)
    {
        // An edge that carries bytes has its own limit for them.
        if (request.Bytes is { } bytes) return bytes;
        if (request.Content is null == request.ContentBase64 is null)
        {
            errors.Add("/content", "The content must be there once: as `content`, a text, or as `content_base64`.");
            return [];
        }

        var body = request.Content is { } text ? Encoding.UTF8.GetBytes(text) : Decode(request.ContentBase64!, errors);
        if (body.Length > options.MaxBytes)
            errors.Add(
                ErrorCodes.StashTooLarge, request.Content is null ? "/content_base64" : "/content",
                $"The content has {body.Length} bytes; {options.MaxBytes} is the most.");
        return body;
    }

    static byte[] Decode(string base64, InputErrors errors)
    {
        if (Base64.IsValid(base64)) return Convert.FromBase64String(base64);
        errors.Add("/content_base64", "`content_base64` is not base64 (RFC 4648, section 4, with padding).");
        return [];
    }
}
