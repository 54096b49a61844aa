using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Resources;
using Baton.Server.Platform.Schemas;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Schemas;

/// <summary>The registry of JSON Schemas that stashes and streams are bound to: every route on one screen.</summary>
internal sealed class SchemaFeature
{
    readonly Permissions _permissions;

    public SchemaFeature(
        BatonOptions options, IdSource ids, IDatabase database, RowReaders readers, ResourceTypes types,
        ChangeFeed feed)
    {
        _permissions = types.Permissions;
        Options = new SchemaOptions(options.WorkspaceBytes);
        Ids = ids;
        Registry = new SchemaRegistry(readers, types.Permissions);
        feed.HistoryWentBack += Registry.Forget;
        Finder = new SchemaFinder(Registry, readers, database);
        Targets = types.SchemaTargets;
    }

    public SchemaOptions Options { get; }

    public IdSource Ids { get; }

    public SchemaRegistry Registry { get; }

    public SchemaFinder Finder { get; }

    public SchemaTargets Targets { get; }

    public void AddTo(Registrations server)
    {
        server.DueKinds.Add(
            PurgeSchemaName.Kind, item => new PurgeSchemaName(item) { Actor = Actor.System(item.WorkspaceId) });
        server.Operations.Add(CreateSchema.SpecOf(this));
        server.Operations.Add(DeleteSchema.SpecOf(_permissions));
        server.Reads.Add(GetSchema.SpecOf(this));
        server.Reads.Add(ValidateDocument.SpecOf(this));
        server.Reads.Add(ListSchemaVersions.SpecOf(Finder));
        server.Reads.Add(ListSchemas.SpecOf(Registry));
    }

    public static void Map(Routes routes)
    {
        routes.Post("/schema", CreateSchema.Action);
        routes.Get("/schema/{schema_id}", GetSchema.Action);
        routes.Delete("/schema/{schema_id}", DeleteSchema.Action);
        routes.PostRead("/schema/{schema_id}/validate", ValidateDocument.Action);
        routes.Get("/schema/{name}/versions", ListSchemaVersions.Action);
        routes.Get("/schemas", ListSchemas.Action);
    }
}
