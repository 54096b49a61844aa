using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Baton.Server.Platform.Http.Headers;

/// <summary>Which pages may call the server from a browser: none, unless BATON_CORS_ORIGINS names them.</summary>
internal static class CorsRules
{
    static readonly string[] s_exposed =
    [
        "ETag", "Retry-After", "RateLimit", "RateLimit-Policy", "Baton-Seq", "Baton-Updated-By", "Baton-Updated-At",
        "Baton-Expires-At", "Idempotency-Replayed",
    ];

    public static void Apply(CorsPolicyBuilder policy, IReadOnlyList<string> origins)
    {
        if (origins is ["*"]) policy.AllowAnyOrigin();
        else policy.WithOrigins([.. origins]);
        policy.AllowAnyMethod().AllowAnyHeader().WithExposedHeaders(s_exposed);
    }
}
