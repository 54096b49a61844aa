using Baton.JsonSchema;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Schemas.Registry;

/// <summary>
/// Registered schemas. Safe for concurrent use; what reads is never called on the lane's thread: documents are checked
/// while an operation is prepared.
/// </summary>
internal sealed class SchemaRegistry(RowReaders readers, Permissions permissions) : ISchemas
{
    readonly Rows<SchemaKey, SchemaRow> _schemas = readers.Of(SchemaRow.Table);
    readonly Rows<SchemaKey, SchemaDefinitionRow> _definitions = readers.Of(SchemaDefinitionRow.Table);
    readonly CompiledSchemas _compiled = new();

    public SchemaGuesses Guesses { get; } = new();

    /// <summary>A schema by its id, if it is there for the actor.</summary>
    public async ValueTask<SchemaRow?> FindAsync(
        Actor actor, string action, string schemaId, CancellationToken cancellation)
    {
        var row = await _schemas.GetAsync(new SchemaKey(actor.WorkspaceId, schemaId), cancellation);
        return row is not null && permissions.Filter(actor, row.WorkspaceId, action, row.Resource) ? row : null;
    }

    public async ValueTask<Outcome<BoundSchema>> ResolveAsync(
        Actor actor, string action, string schemaId, string target, CancellationToken cancellation)
    {
        if (await FindAsync(actor, action, schemaId, cancellation) is not { } row)
            return SchemaFailures.NotFound(schemaId);
        return SchemaTargets.Fits(row.TargetType, target)
            ? row.Bound
            : SchemaFailures.WrongTarget(row.Name, row.TargetType, target);
    }

    public async ValueTask<Failure?> CheckAsync(
        string workspaceId,
        BoundSchema schema,
        ReadOnlyMemory<byte> document,
        string prefix,
        CancellationToken cancellation)
    {
        var key = new SchemaKey(workspaceId, schema.SchemaId);
        if (await LoadAsync(key, cancellation) is not { } compiled) return SchemaFailures.NotFound(schema.SchemaId);
        var violations = compiled.Validate(document, SchemaFailures.MaxViolations);
        return violations.Count == 0 ? null : SchemaFailures.Violation(violations, prefix);
    }

    public void Read(ReadSet reads, string workspaceId, string schemaId) =>
        reads.Add(SchemaRow.Table, new SchemaKey(workspaceId, schemaId));

    public BoundSchema? Find(UnitOfWork work, string workspaceId, string schemaId) =>
        work.Get(SchemaRow.Table, new SchemaKey(workspaceId, schemaId))?.Bound;

    /// <summary>A registered schema, compiled; null when it is not there.</summary>
    public async ValueTask<CompiledSchema?> LoadAsync(SchemaKey key, CancellationToken cancellation)
    {
        if (_compiled.Find(key) is { } known) return known;
        if (await _definitions.GetAsync(key, cancellation) is not { } row) return null;
        if (await ReadPinnedAsync(row, cancellation) is not { } pinned) return null;
        var compilation = CompiledSchema.Compile(row.Definition, pinned.GetValueOrDefault);
        if (compilation.Schema is not { } schema)
            throw new InvalidOperationException($"The registered schema {key.SchemaId} does not compile.");
        _compiled.Keep(key, schema, row.Definition.Length + pinned.Values.Sum(bytes => (long)bytes.Length));
        return schema;
    }

    /// <summary>Forgets what is kept in memory, of all workspaces: it is rare that history goes back.</summary>
    public void Forget(string workspaceId)
    {
        _compiled.Clear();
        Guesses.Clear();
    }

    /// <summary>The definition of a schema; null when it is not there.</summary>
    public ValueTask<SchemaDefinitionRow?> ReadDefinitionAsync(SchemaKey key, CancellationToken cancellation) =>
        _definitions.GetAsync(key, cancellation);

    /// <summary>
    /// The definitions that the references of a schema mean, by their URIs; null when the schema was deleted meanwhile.
    /// </summary>
    public async ValueTask<Dictionary<string, byte[]>?> ReadPinnedAsync(
        SchemaDefinitionRow row, CancellationToken cancellation)
    {
        var definitions = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (uri, schemaId) in SchemaPins.Parse(row.Pins))
        {
            var pinned = await _definitions.GetAsync(new SchemaKey(row.WorkspaceId, schemaId), cancellation);
            // A schema that is referred to exists as long as the one that refers to it, so this one was deleted.
            if (pinned is null) return null;
            definitions.Add(uri, pinned.Definition);
        }

        return definitions;
    }
}
