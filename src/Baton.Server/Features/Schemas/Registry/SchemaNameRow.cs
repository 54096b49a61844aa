using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits.Lifetimes;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Schemas.Registry;

internal readonly record struct SchemaNameKey(string WorkspaceId, string Name, string Owner);

/// <summary>
/// A name of schemas. Public schemas of a workspace share one name; private ones have one for each maker.
/// </summary>
internal sealed record SchemaNameRow
{
    /// <summary>A name does not expire; without versions it is a tombstone, in which their count goes on.</summary>
    public static readonly Lifetime Lifetime = new(ExpireKind: null, PurgeSchemaName.Kind);

    public required string WorkspaceId { get; init; }

    public required string Name { get; init; }

    /// <summary>Empty for public ones.</summary>
    public required string Owner { get; init; }

    /// <summary>The id of the newest version; empty if all were deleted.</summary>
    public required string NewestId { get; init; }

    /// <summary>The number that was given last; no version gets it again.</summary>
    public required long LastVersion { get; init; }

    /// <summary>When the last remaining version was deleted; null while there is one.</summary>
    public required long? DeletedAt { get; init; }

    public Life Life => new(ExpiresAt: null, DeletedAt);

    public SchemaNameKey Key => new(WorkspaceId, Name, Owner);

    /// <summary>The name in the due-queue. Names contain no slash.</summary>
    public string DueResource => $"{Name}/{Owner}";

    public static SchemaNameKey KeyOfDue(string workspaceId, string resource)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return new SchemaNameKey(workspaceId, resource[..slash], resource[(slash + 1)..]);
    }

    public static readonly Table<SchemaNameKey, SchemaNameRow> Table = new()
    {
        Name = "schema_name",
        Key =
        [
            Column.Text<SchemaNameKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<SchemaNameKey>("name", key => key.Name),
            Column.Text<SchemaNameKey>("owner", key => key.Owner),
        ],
        Columns =
        [
            Column.Text<SchemaNameRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<SchemaNameRow>("name", row => row.Name),
            Column.Text<SchemaNameRow>("owner", row => row.Owner),
            Column.Text<SchemaNameRow>("newest_id", row => row.NewestId),
            Column.Integer<SchemaNameRow>("last_version", row => row.LastVersion),
            Column.Integer<SchemaNameRow>("deleted_at", row => row.DeletedAt),
        ],
        KeyOf = row => row.Key,
        Read = r => new SchemaNameRow
        {
            WorkspaceId = r.GetString(0),
            Name = r.GetString(1),
            Owner = r.GetString(2),
            NewestId = r.GetString(3),
            LastVersion = r.GetInt64(4),
            DeletedAt = r.IntegerOrNull(5),
        },
        Weight = row => 250 + (2 * (row.Name.Length + row.Owner.Length)),
    };
}
