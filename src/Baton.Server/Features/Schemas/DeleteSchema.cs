using System.Globalization;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Schemas;
using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Schemas;

/// <summary>Deletes a version of a schema that nothing uses: `schema.delete`.</summary>
internal sealed class DeleteSchema(DeleteSchemaRequest request, Permissions permissions) : Operation
{
    public const string Action = "schema.delete";

    /// <summary>Users that are counted; more are told as so many or more.</summary>
    const int MaxCounted = 1000;

    string _nextNewestId = "";
    List<string> _users = [];

    public override string Name => Action;

    public override string Resource => PrivateResource.Of(SchemaType.Name, request.SchemaId, Actor.Name);

    SchemaKey Key => new(Actor.WorkspaceId, request.SchemaId);

    public static OperationSpec SpecOf(Permissions permissions) => new OperationSpec<DeleteSchemaRequest, Deleted>(
        Action, "Deletes a version of a schema that nothing uses.",
        (request, context) => new DeleteSchema(request, permissions) { Actor = context.Actor })
    {
        Description = """
            Live stashes and streams that are bound to it use it, and schemas that refer to it. The answer's `version`
            is the one that was deleted; its number is not given again.
            """,
        Resource = (request, actor) => SchemaType.AskedBy(actor, request.SchemaId),
        Done = "The version is deleted.",
        Errors = [ErrorCodes.SchemaNotFound, ErrorCodes.SchemaInUse],
    };

    public override void Reads(ReadSet reads)
    {
        if (reads.Find(SchemaRow.Table, Key) is { } row) reads.Add(SchemaNameRow.Table, NameOf(row));
        reads.Add(SchemaDefinitionRow.Table, Key);
        // Who uses it, and which version is the newest without it, cannot be named by key.
        reads.Query(QueryAsync);
    }

    async ValueTask QueryAsync(ReadSession session, long now)
    {
        _users = await ReadTextsAsync(session.Command(
            """
            SELECT resource FROM schema_binding
            WHERE workspace_id = @workspace_id AND schema_id = @schema_id AND expires_at > @now
            ORDER BY resource LIMIT @limit
            """,
            ("@workspace_id", Actor.WorkspaceId), ("@schema_id", request.SchemaId), ("@now", now),
            ("@limit", (long)MaxCounted)));
        var others = await ReadTextsAsync(session.Command(
            """
            SELECT other.schema_id FROM schema_version gone
            JOIN schema_version other ON other.workspace_id = gone.workspace_id AND other.owner = gone.owner
                AND other.name = gone.name
            WHERE gone.workspace_id = @workspace_id AND gone.schema_id = @schema_id
                AND other.schema_id <> gone.schema_id
            ORDER BY other.version DESC LIMIT 1
            """,
            ("@workspace_id", Actor.WorkspaceId), ("@schema_id", request.SchemaId)));
        _nextNewestId = others.Count == 0 ? "" : others[0];
    }

    public override Decision Decide(UnitOfWork work)
    {
        var row = work.Get(SchemaRow.Table, Key);
        if (row is null || !permissions.Filter(Actor, row.WorkspaceId, Name, row.Resource))
            return SchemaFailures.NotFound(request.SchemaId);
        if (_users.Count > 0) return InUse(row);
        var definition = work.Get(SchemaDefinitionRow.Table, Key)!;
        work.Record(Name, row.Resource, row.Version);
        work.AddBytes(-(row.Size + SchemaOptions.CountedBytes));
        work.Delete(SchemaRow.Table, Key);
        work.Delete(SchemaDefinitionRow.Table, Key);
        foreach (var id in SchemaPins.Parse(definition.Pins).Values.Distinct())
            SchemaBindings.Set(
                work, row.WorkspaceId, row.Resource,
                new SchemaUse(new BoundSchema(id, ""), ExpiresAt: null), after: default);
        LeaveName(work, work.Get(SchemaNameRow.Table, NameOf(row))!);
        return new Effect(new Deleted { Version = row.Version });
    }

    void LeaveName(UnitOfWork work, SchemaNameRow name)
    {
        if (name.NewestId != request.SchemaId) return;
        var isLast = _nextNewestId.Length == 0;
        var left = name with { NewestId = _nextNewestId, DeletedAt = isLast ? work.Now : null };
        work.Put(SchemaNameRow.Table, left);
        SchemaNameRow.Lifetime.Changed(work, left.DueResource, name.Life, left.Life);
    }

    Failure InUse(SchemaRow row)
    {
        // Somebody's private schema may refer to it: that one is only counted.
        var first = _users.Find(user => permissions.Filter(Actor, row.WorkspaceId, Name, user));
        var orMore = _users.Count == MaxCounted ? " or more" : "";
        var users = first is null
            ? $"something that is not shown to you ({_users.Count.ToString(CultureInfo.InvariantCulture)}{orMore})"
            : _users.Count == 1
                ? first
                : $"{_users.Count.ToString(CultureInfo.InvariantCulture)}{orMore} things, the first of them {first}";
        return new Failure(
            ErrorCodes.SchemaInUse, $"Version {row.Version} of {row.Name} is used by {users}.");
    }

    static SchemaNameKey NameOf(SchemaRow row) => new(row.WorkspaceId, row.Name, row.Owner);

    static async ValueTask<List<string>> ReadTextsAsync(System.Data.Common.DbCommand command)
    {
        var texts = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    }
}
