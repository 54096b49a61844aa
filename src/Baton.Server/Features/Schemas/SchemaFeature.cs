using Baton.Server.Platform;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Schemas;

/// <summary>The registry of JSON Schemas that stashes and streams are bound to: every route on one screen.</summary>
internal sealed class SchemaFeature
{
    SchemaFeature(BatonServer server)
    {
        Options = new SchemaOptions(server.Options.WorkspaceBytes);
        Ids = server.Ids;
        Registry = server.Schemas;
        Finder = new SchemaFinder(server);
        Targets = server.Types.SchemaTargets;
    }

    public SchemaOptions Options { get; }

    public IdSource Ids { get; }

    public SchemaRegistry Registry { get; }

    public SchemaFinder Finder { get; }

    public SchemaTargets Targets { get; }

    public static SchemaFeature Add(BatonServer server)
    {
        var schemas = new SchemaFeature(server);
        server.DueKinds.Add(
            PurgeSchemaName.Kind, item => new PurgeSchemaName(item) { Actor = Actor.System(item.WorkspaceId) });
        return schemas;
    }

    public void Map(Routes routes)
    {
        routes.Post("/schema", CreateSchema.Spec, call => CreateSchema.HandleAsync(call, this));
        routes.Get("/schema/{schema_id}", GetSchema.Spec, call => GetSchema.HandleAsync(call, this));
        routes.Delete("/schema/{schema_id}", DeleteSchema.Spec, DeleteSchema.HandleAsync);
        routes.Post(
            "/schema/{schema_id}/validate", ValidateDocument.Spec, call => ValidateDocument.HandleAsync(call, this));
        routes.Get(
            "/schema/{name}/versions", ListSchemaVersions.Spec, call => ListSchemaVersions.HandleAsync(call, this));
        routes.Get("/schemas", ListSchemas.Spec, call => ListSchemas.HandleAsync(call, this));
    }
}
