using Baton.Contracts;
using Baton.Contracts.Schemas;
using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;

namespace Baton.Server.Features.Schemas;

/// <summary>Lists the newest version of every schema, by name.</summary>
internal static class ListSchemas
{
    public const string Action = "schema.list";

    public static ReadSpec SpecOf(SchemaRegistry registry) => new ListSpec<ListSchemasRequest, Schema>(
        Action, "Lists the newest version of every schema, by name.",
        (caller, request, page) => ReadAsync(caller, registry, request, page))
    {
        Description = """
            With definitions, so that a reader knows the form of what it is about to read. Public schemas and one's
            own private ones; admins see all. A page can be empty and still have a `next_cursor`: then `q` left much
            out.
            """,
        Role = Role.Reader,
        Found = "A page of schemas.",
    };

    static async ValueTask<Outcome<Page<Schema>>> ReadAsync(
        Caller caller, SchemaRegistry registry, ListSchemasRequest request, ListPage page)
    {
        caller.Look();
        var search = new SchemaSearch(
            caller, Action, row => Wants(row, request.Q), row => (2 * row.Size) + SchemaInfos.BytesPerInfo);
        var found = await search.ReadAsync(page.After, page.Limit);
        var items = new List<Schema>();
        foreach (var row in found.Rows)
        {
            // One that was deleted just now is left out.
            if (await registry.ReadDefinitionAsync(row.Key, caller.Aborted) is { } definition)
                items.Add(row.ToSchema(definition));
        }

        return new Page<Schema>(items, page.CursorOf(found.Next));
    }

    static bool Wants(SchemaRow row, string? text) =>
        text is null
        || row.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || row.Description?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
