using Baton.Server.Platform.Commits;

namespace Baton.Server.Platform.Schemas;

/// <summary>
/// Keeps which thing uses which schema. A feature calls <see cref="Set"/> in the same unit of work in which the thing's
/// own row changes its schema, its expiry, or ends: then the two never differ, and a schema that is used is never
/// deleted.
/// </summary>
internal static class SchemaBindings
{
    /// <summary>Changes a thing's use of a schema from what it was to what it is now.</summary>
    /// <param name="work">Where the change goes.</param>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="resource">The thing.</param>
    /// <param name="before">The use by the row as it was; default if there was none.</param>
    /// <param name="after">The use by the row as it is now; default if the thing ends.</param>
    public static void Set(
        UnitOfWork work, string workspaceId, string resource, SchemaUse before, SchemaUse after)
    {
        if (before == after) return;
        if (before.Schema is { } old && old.SchemaId != after.Schema?.SchemaId)
            work.Delete(SchemaBindingRow.Table, new SchemaBindingKey(workspaceId, old.SchemaId, resource));
        if (after.Schema is { } next)
            work.Put(SchemaBindingRow.Table, new SchemaBindingRow(
                workspaceId, next.SchemaId, resource, after.ExpiresAt ?? long.MaxValue));
    }
}
