using Baton.Contracts.Errors;
using Baton.Contracts.Schemas;
using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Waits;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Schemas;

/// <summary>Reads a schema, or waits for it.</summary>
internal static class GetSchema
{
    public const string Action = "schema.read";

    public static ReadSpec SpecOf(SchemaFeature schemas) => new BytesReadSpec<ReadSchemaRequest>(
        Action, "Reads a schema by its id, or the newest by its name.", typeof(Schema),
        (caller, request) => ReadAsync(caller, schemas, request))
    {
        Description = """
            A name means one's own private schema first, then the public one. `wait` holds the request until there is
            such a schema (or, with `after_version`, a later version); when the time is over it answers 204.
            """,
        Role = Role.Reader,
        Resource = (request, actor) => SchemaType.AskedBy(actor, request.SchemaId),
        Check = Check,
        Found = "The schema.",
        Nothing = "The time is over.",
        Errors = [ErrorCodes.SchemaNotFound, ErrorCodes.WaitersTooMany],
    };

    static void Check(ReadSchemaRequest request, InputErrors errors)
    {
        if (request is { AfterVersion: not null, Wait: null })
            errors.Add("/after_version", "`after_version` goes with `wait`.");
    }

    static async ValueTask<Outcome<ReadAnswer>> ReadAsync(
        Caller caller, SchemaFeature schemas, ReadSchemaRequest request)
    {
        var afterVersion = request.AfterVersion ?? 0;
        SchemaDefinitionRow? definition = null;
        var waited = await VersionedRead.WaitAsync(
            caller, FeedFilter.Of(SchemaType.Name + ":*"), afterVersion,
            TimeSpan.FromSeconds(request.Wait ?? 0),
            findAsync: async () =>
            {
                var row = await schemas.Finder.FindAsync(caller.Actor, Action, request.SchemaId, caller.Aborted);
                if (row?.Version > afterVersion)
                    definition = await schemas.Registry.ReadDefinitionAsync(row.Key, caller.Aborted);
                return row;
            },
            // A schema whose definition was deleted meanwhile is looked for again.
            row => definition is null ? 0 : row.Version,
            // Nothing is kept of a schema that is gone.
            findGoneAsync: static () => new((long?)null));
        if (waited.Failure is { } failure) return failure;
        if (definition is not null) return ReadAnswer.Of(waited.Value.Thing!.ToSchema(definition));
        return request.Wait is null || !waited.Value.IsOver
            ? SchemaFailures.NotFound(request.SchemaId)
            : ReadAnswer.Nothing;
    }
}
