using Baton.Contracts.Errors;
using Baton.Contracts.Schemas;
using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Waits;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Schemas;

/// <summary>Reads a schema, or waits for it.</summary>
internal static class GetSchema
{
    public static RouteSpec Spec { get; } = new("schema.read", "Reads a schema by its id, or the newest by its name.")
    {
        Description = """
            A name means one's own private schema first, then the public one. `wait` holds the request until there is
            such a schema (or, with `after_version`, a later version); when the time is over it answers 204.
            """,
        Role = Role.Reader,
        Resource = SchemaRoutes.ResourceOf,
        Path = [SchemaRoutes.IdOrName],
        Query =
        [
            new("after_version", "integer", "With `wait`: only a version after this one is an answer.") { Minimum = 0 },
            WaitParameter.Spec,
        ],
        Answers =
        [
            AnswerSpec.Json<Schema>(200, "The schema.", "Baton-Seq"),
            new(204, Type: null, "The time is over.") { Headers = ["Baton-Seq"] },
        ],
        Errors = [ErrorCodes.SchemaNotFound, ErrorCodes.WaitersTooMany],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, SchemaFeature schemas)
    {
        var asked = SchemaRoutes.ReadIdOrName(call);
        var wait = WaitParameter.Read(call);
        var afterVersion = call.Query.Integer("after_version", minimum: 0, long.MaxValue);
        if (afterVersion is not null && wait is null)
            call.Errors.Add("query:after_version", "`after_version` goes with `wait`.");
        if (call.Errors.Any) return call.Errors.ToFailure();
        var found = await ReadAsync(call.Caller, schemas, asked, afterVersion ?? 0, wait);
        if (found.Failure is { } failure) return failure;
        if (found.Value!.Schema is { } schema) await call.AnswerAsync(200, schema);
        else call.Answer(StatusCodes.Status204NoContent);
        return null;
    }

    /// <summary>
    /// Reads a schema, or waits for a newer version than the one that the caller knows. The answer is empty if the time
    /// is over.
    /// </summary>
    public static async ValueTask<Outcome<SchemaAnswer>> ReadAsync(
        Caller caller, SchemaFeature schemas, string asked, long afterVersion, TimeSpan? wait)
    {
        SchemaDefinitionRow? definition = null;
        var waited = await VersionedRead.WaitAsync(
            caller, FeedFilter.Of(SchemaType.Name + ":*"), afterVersion, wait ?? TimeSpan.Zero,
            findAsync: async () =>
            {
                var row = await schemas.Finder.FindAsync(caller.Actor, Spec.Action, asked, caller.Aborted);
                if (row?.Version > afterVersion)
                    definition = await schemas.Registry.ReadDefinitionAsync(row.Key, caller.Aborted);
                return row;
            },
            // A schema whose definition was deleted meanwhile is looked for again.
            row => definition is null ? 0 : row.Version,
            // Nothing is kept of a schema that is gone.
            findGoneAsync: static () => new((long?)null));
        if (waited.Failure is { } failure) return failure;
        if (definition is not null) return new SchemaAnswer(waited.Value.Thing!.ToSchema(definition));
        return wait is null || !waited.Value.IsOver ? SchemaFailures.NotFound(asked) : new SchemaAnswer(Schema: null);
    }
}

/// <summary>What a read of a schema found.</summary>
/// <param name="Schema">The schema; null: the time of a wait is over.</param>
internal sealed record SchemaAnswer(Schema? Schema);
