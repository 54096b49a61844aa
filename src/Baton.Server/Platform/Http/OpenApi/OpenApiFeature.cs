using System.Security.Cryptography;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Http.Specs;
using Baton.Server.Platform.Resources;
using Microsoft.Net.Http.Headers;

namespace Baton.Server.Platform.Http.OpenApi;

/// <summary>Serves the OpenAPI document of all routes, itself among them.</summary>
/// <remarks>It is about HTTP and takes no key, so it is no read of the catalogue, which has a caller.</remarks>
internal static class OpenApiFeature
{
    static readonly RouteSpec s_spec = new("server.openapi", "Tells every route, as an OpenAPI 3.1 document.")
    {
        Description = "The same bytes until the server is updated or set up anew: read it again with `If-None-Match`.",
        Role = null,
        IsKept = true,
        Headers = [new("If-None-Match", "string", "The `ETag` of the caller's document: 304 if it is still so.")],
        Answers =
        [
            new(200, Type: null, "The document.") { ContentType = "application/json", Headers = ["ETag"] },
            new(304, Type: null, "The caller has this document.") { Headers = ["ETag"] },
        ],
    };

    /// <summary>
    /// Maps the route. Call it last, because the document shows the routes that exist at the first request for it.
    /// </summary>
    public static void Map(
        Routes routes, BatonOptions options, OperationCatalogue operations, ResourceTypes types)
    {
        // The document is made at the first request, not at the start. Two requests may both make it: the bytes are the
        // same.
        Rendered? rendered = null;
        routes.Get("/openapi/v1.json", s_spec, call =>
            AnswerAsync(call, rendered ??= Rendered.Of(OpenApiDocument.Render(
                routes.All, options, operations, types))));
    }

    static async ValueTask<Failure?> AnswerAsync(HttpCall call, Rendered document)
    {
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        call.Http.Response.Headers.ETag = $"\"{document.Digest}\"";
        var known = call.Http.Request.GetTypedHeaders().IfNoneMatch;
        if (known.Any(tag => tag == EntityTagHeaderValue.Any || document.IsNamedBy(tag)))
            call.Answer(StatusCodes.Status304NotModified);
        else await call.AnswerJsonAsync(200, document.Json);
        return null;
    }

    sealed record Rendered(byte[] Json, string Digest)
    {
        public bool IsNamedBy(EntityTagHeaderValue tag) => Precondition.TextOf(tag.Tag).SequenceEqual(Digest);

        public static Rendered Of(byte[] json) => new(json, Convert.ToHexStringLower(SHA256.HashData(json)));
    }
}
