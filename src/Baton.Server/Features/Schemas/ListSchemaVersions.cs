using System.Globalization;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Schemas;
using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Schemas;

/// <summary>Lists the versions of a schema, newest first.</summary>
internal static class ListSchemaVersions
{
    public static RouteSpec Spec { get; } = new("schema.versions", "Lists the versions of a schema, newest first.")
    {
        Description = "Without definitions: `GET /schema/{schema_id}` reads each.",
        Role = Role.Reader,
        Resource = SchemaRoutes.ResourceOfName,
        Path = [SchemaRoutes.Name],
        Query = [Paging.Limit, Paging.Cursor],
        Answers = [AnswerSpec.Json<Page<SchemaInfo>>(200, "A page of versions.", "Baton-Seq")],
        Errors = [ErrorCodes.SchemaNotFound],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, SchemaFeature schemas)
    {
        var name = SchemaRoutes.ReadName(call);
        var (limit, cursor) = Paging.Read(call, within: name);
        var before = long.MaxValue;
        if (cursor is not null
            && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            Paging.Refuse(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await Paging.AnswerAsync(call, await ReadAsync(call.Caller, schemas, name, before, limit), within: name);
    }

    /// <summary>A page of the versions before one.</summary>
    public static async ValueTask<Outcome<Page<SchemaInfo>>> ReadAsync(
        Caller caller, SchemaFeature schemas, string name, long before, int limit)
    {
        caller.Look();
        if (await schemas.Finder.FindNameAsync(caller.Actor, name, caller.Aborted) is not { } found)
            return SchemaFailures.NotFound(name);
        // All versions are read: there are few, and they are small.
        var all = await schemas.Finder.ReadVersionsAsync(found.Key, caller.Aborted);
        var versions = all.FindAll(row => caller.MaySee(Spec.Action, row.Resource));
        // A schema that the caller may not see is as absent as one that does not exist.
        if (versions.Count < all.Count && versions.Count == 0) return SchemaFailures.NotFound(name);
        var most = Math.Min(limit, PageBounds.MaxBytes / SchemaInfos.BytesPerInfo);
        var items = versions
            .Where(row => row.Version < before)
            .Take(most + 1).Select(row => row.ToInfo()).ToList();
        var next = items.Count > most
            ? items[most - 1].Version.ToString(CultureInfo.InvariantCulture)
            : null;
        return new Page<SchemaInfo>([.. items.Take(most)], next);
    }
}
