using Baton.Contracts;
using Baton.Contracts.Schemas;
using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Features.Schemas;

/// <summary>Lists the newest version of every schema, by name.</summary>
internal static class ListSchemas
{
    const int MaxTextLength = 128;

    public static RouteSpec Spec { get; } = new("schema.list", "Lists the newest version of every schema, by name.")
    {
        Description = """
            With definitions, so that a reader knows the form of what it is about to read. Public schemas and one's
            own private ones; admins see all. A page can be empty and still have a `next_cursor`: then `q` left much
            out.
            """,
        Role = Role.Reader,
        Query =
        [
            new("q", "string", "Only schemas that have this text in their name or description, in any case.")
            {
                MaxLength = MaxTextLength,
            },
            Paging.Limit,
            Paging.Cursor,
        ],
        Answers = [AnswerSpec.Json<Page<Schema>>(200, "A page of schemas.", "Baton-Seq")],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, SchemaFeature schemas)
    {
        var (limit, cursor) = Paging.Read(call);
        var text = call.Query.Text("q", MaxTextLength);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await Paging.AnswerAsync(call, await ReadAsync(call.Caller, schemas, text, cursor ?? "", limit));
    }

    /// <summary>A page of the schemas after a place that a page has reached.</summary>
    public static async ValueTask<Outcome<Page<Schema>>> ReadAsync(
        Caller caller, SchemaFeature schemas, string? text, string after, int limit)
    {
        caller.Look();
        var search = new SchemaSearch(
            caller, Spec.Action, row => Wants(row, text), row => (2 * row.Size) + SchemaInfos.BytesPerInfo);
        var found = await search.ReadAsync(after, limit);
        var items = new List<Schema>();
        foreach (var row in found.Rows)
        {
            // One that was deleted just now is left out.
            if (await schemas.Registry.ReadDefinitionAsync(row.Key, caller.Aborted) is { } definition)
                items.Add(row.ToSchema(definition));
        }

        return new Page<Schema>(items, found.Next);
    }

    static bool Wants(SchemaRow row, string? text) =>
        text is null
        || row.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || row.Description?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
