using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>
/// A request with the content of a stash, which is HTTP's body, or in JSON exactly one of `content` and
/// `content_base64`. Content beyond the limit of a stash is a 413 `stash.too_large`.
/// </summary>
public abstract record StashContentRequest : StashWriteRequest
{
    /// <summary>The most characters of a content type; the least is 1.</summary>
    public const int MaxContentTypeLength = 255;

    /// <summary>The content as it is.</summary>
    [InBody]
    [JsonIgnore]
    public byte[]? Bytes { get; init; }

    /// <summary>The content as text, which is stored in UTF-8. It may be empty.</summary>
    [NotInHttp]
    public string? Content { get; init; }

    /// <summary>The content as bytes, in base64 with padding (RFC 4648, section 4).</summary>
    [NotInHttp]
    public string? ContentBase64 { get; init; }

    /// <summary>
    /// What the content is, in 1 to 255 visible ASCII characters and spaces. It is kept as it is sent. Null:
    /// `text/plain; charset=utf-8` for a text, `application/octet-stream` for bytes.
    /// </summary>
    [InHeader("Content-Type")]
    [StringLength(MaxContentTypeLength, MinimumLength = 1)]
    [VisibleAscii]
    public string? ContentType { get; init; }
}
