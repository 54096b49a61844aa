namespace Baton.Server.Platform.Http;

internal static class OpenApiDocument
{
    public static void Map(IEndpointRouteBuilder app, Routes routes)
    {
        _ = (app, routes);
    }
}
