using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Stashes.Lineages;

internal readonly record struct LineageKey(
    string WorkspaceId, string Target, long TargetVersion, string Source, long SourceVersion);

/// <summary>
/// One step of provenance. It lives as long as the version that was made, which is the youngest of what it names, and
/// outlives the version that it was made of, so it says itself who made the target.
/// </summary>
internal sealed record LineageRow(
    string WorkspaceId,
    string Target,
    long TargetVersion,
    string Source,
    long SourceVersion,
    string MadeBy,
    string? Model,
    long MadeAt)
{
    /// <summary>The bytes that an edge counts for the workspace, until it is erased.</summary>
    public const int CountedBytes = 256;

    public static readonly Table<LineageKey, LineageRow> Table = new()
    {
        Name = "lineage",
        Key =
        [
            Column.Text<LineageKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<LineageKey>("target", key => key.Target),
            Column.Integer<LineageKey>("target_version", key => key.TargetVersion),
            Column.Text<LineageKey>("source", key => key.Source),
            Column.Integer<LineageKey>("source_version", key => key.SourceVersion),
        ],
        Columns =
        [
            Column.Text<LineageRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<LineageRow>("target", row => row.Target),
            Column.Integer<LineageRow>("target_version", row => row.TargetVersion),
            Column.Text<LineageRow>("source", row => row.Source),
            Column.Integer<LineageRow>("source_version", row => row.SourceVersion),
            Column.Text<LineageRow>("made_by", row => row.MadeBy),
            Column.Text<LineageRow>("model", row => row.Model),
            Column.Integer<LineageRow>("made_at", row => row.MadeAt),
        ],
        KeyOf = row => new LineageKey(row.WorkspaceId, row.Target, row.TargetVersion, row.Source, row.SourceVersion),
        Read = r => new LineageRow(
            r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetString(3), r.GetInt64(4), r.GetString(5),
            r.TextOrNull(6),
            r.GetInt64(7)),
    };
}
