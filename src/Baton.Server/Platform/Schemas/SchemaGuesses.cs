using System.Collections.Concurrent;

namespace Baton.Server.Platform.Schemas;

/// <summary>
/// The schemas that things were last seen bound to, so that a document is mostly checked before its operation first
/// comes to the lane, without reading the thing's row. They are guesses, because other servers write too: the lane
/// decides. Safe for concurrent use.
/// </summary>
internal sealed class SchemaGuesses
{
    /// <summary>The most guesses. If there are more, all are forgotten; they come back with the next writes.</summary>
    public const int MaxCount = 65_536;

    readonly ConcurrentDictionary<(string WorkspaceId, string Resource), BoundSchema> _bound = new();

    public BoundSchema? Find(string workspaceId, string resource) =>
        _bound.TryGetValue((workspaceId, resource), out var schema) ? schema : null;

    public void Clear() => _bound.Clear();

    public void Note(string workspaceId, string resource, BoundSchema? schema)
    {
        if (schema is null)
        {
            _bound.TryRemove((workspaceId, resource), out _);
            return;
        }

        if (_bound.Count >= MaxCount) _bound.Clear();
        _bound[(workspaceId, resource)] = schema;
    }
}
