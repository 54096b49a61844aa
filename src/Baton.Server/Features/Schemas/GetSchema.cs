using Baton.Contracts.Errors;
using Baton.Contracts.Schemas;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
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
            Waiting.Parameter,
        ],
        Answers =
        [
            AnswerSpec.Json<Schema>(200, "The schema.", "Baton-Seq"),
            new(204, Type: null, "The time is over.") { Headers = ["Baton-Seq"] },
        ],
        Errors = [ErrorCodes.SchemaNotFound, ErrorCodes.WaitersTooMany],
    };

    public static async ValueTask<Failure?> HandleAsync(Call call, SchemaFeature schemas)
    {
        var asked = SchemaRoutes.ReadIdOrName(call);
        var wait = Waiting.Read(call);
        var afterVersion = call.Query.Integer("after_version", minimum: 0, long.MaxValue);
        if (afterVersion is not null && wait is null)
            call.Errors.Add("query:after_version", "`after_version` goes with `wait`.");
        if (call.Errors.Any) return call.Errors.ToFailure();

        SchemaRow? row = null;
        SchemaDefinitionRow? definition = null;
        var wasThere = false;
        var answered = await Waiting.UntilAsync(
            call, FeedFilter.Of(SchemaRow.ResourceType + ":*"), wait ?? TimeSpan.Zero, FindAsync);
        if (answered.Failure is { } failure) return failure;
        if (definition is null && (wait is null || answered.Value)) return SchemaFailures.NotFound(asked);
        if (definition is null) call.Answer(StatusCodes.Status204NoContent);
        else await call.AnswerAsync(200, row!.ToSchema(definition));
        return null;

        async ValueTask<bool> FindAsync()
        {
            call.SetSeq(call.Server.Feed.Head(call.Actor.WorkspaceId));
            row = await schemas.Finder.FindAsync(call.Actor, call.Spec.Action, asked, call.Aborted);
            // A deletion ends the wait; what was never there is waited for.
            if (row is null) return wasThere;
            wasThere = true;
            if (row.Version <= (afterVersion ?? 0)) return false;
            definition = await schemas.Registry.ReadDefinitionAsync(row.Key, call.Aborted);
            return definition is not null;
        }
    }
}
