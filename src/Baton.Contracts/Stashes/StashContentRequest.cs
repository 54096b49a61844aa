using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>Content as bytes, which HTTP's body is, or in JSON one of `content` and `content_base64`.</summary>
public abstract record StashContentRequest : StashWriteRequest
{
    /// <summary>Characters of a content type, from 1.</summary>
    public const int MaxContentTypeLength = 255;

    /// <summary>The content.</summary>
    [InBody]
    [JsonIgnore]
    public byte[]? Bytes { get; init; }

    /// <summary>The content as text, stored in UTF-8; may be empty.</summary>
    [NotInHttp]
    public string? Content { get; init; }

    /// <summary>The content as bytes, in base64 (RFC 4648, section 4).</summary>
    [NotInHttp]
    public string? ContentBase64 { get; init; }

    /// <summary>
    /// 1 to 255 visible ASCII characters; null: `text/plain; charset=utf-8`, of bytes `application/octet-stream`.
    /// </summary>
    [InHeader("Content-Type")]
    [StringLength(MaxContentTypeLength, MinimumLength = 1)]
    [VisibleAscii]
    public string? ContentType { get; init; }
}
