using System.Globalization;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Schemas;
using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Schemas;

/// <summary>Lists the versions of a schema, newest first.</summary>
internal static class ListSchemaVersions
{
    public const string Action = "schema.versions";

    public static ReadSpec SpecOf(SchemaFinder finder) => new ListSpec<ListSchemaVersionsRequest, SchemaInfo>(
        Action, "Lists the versions of a schema, newest first.",
        (caller, request, page) => ReadAsync(caller, finder, request, page))
    {
        Description = "Without definitions: `GET /schema/{schema_id}` reads each.",
        Role = Role.Reader,
        Resource = (request, actor) => SchemaType.AskedBy(actor, request.Name),
        Within = request => request.Name,
        Found = "A page of versions.",
        Errors = [ErrorCodes.SchemaNotFound],
    };

    static async ValueTask<Outcome<Page<SchemaInfo>>> ReadAsync(
        Caller caller, SchemaFinder finder, ListSchemaVersionsRequest request, ListPage page)
    {
        // The place is a version: the page has those before it.
        var before = long.MaxValue;
        if (page.After.Length > 0
            && !long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return ListPage.WrongCursor(request);
        caller.Look();
        if (await finder.FindNameAsync(caller.Actor, request.Name, caller.Aborted) is not { } found)
            return SchemaFailures.NotFound(request.Name);
        // All versions are read: there are few, and they are small.
        var all = await finder.ReadVersionsAsync(found.Key, caller.Aborted);
        var versions = all.FindAll(row => caller.MaySee(Action, row.Resource));
        // A schema that the caller may not see is as absent as one that does not exist.
        if (versions.Count < all.Count && versions.Count == 0) return SchemaFailures.NotFound(request.Name);
        var most = Math.Min(page.Limit, PageBounds.MaxBytes / SchemaInfos.BytesPerInfo);
        var items = versions
            .Where(row => row.Version < before)
            .Take(most + 1).Select(row => row.ToInfo()).ToList();
        var next = items.Count > most
            ? items[most - 1].Version.ToString(CultureInfo.InvariantCulture)
            : null;
        return new Page<SchemaInfo>([.. items.Take(most)], page.CursorOf(next));
    }
}
