using Baton.JsonSchema;

namespace Baton.Server.Features.Schemas.Registry;

/// <summary>
/// Compiled schemas by id: a schema never changes, so nothing here is ever out of date. Bounded by count and by the
/// bytes of the definitions: two generations, of which the older is dropped when the younger is full.
/// </summary>
internal sealed class CompiledSchemas
{
    public const int MaxCount = 1024;
    public const long MaxDefinitionBytes = 32L * 1024 * 1024;

    readonly Lock _lock = new();

    // Both generations are used under _lock.
    Dictionary<SchemaKey, Entry> _young = [];
    Dictionary<SchemaKey, Entry> _old = [];
    long _youngBytes;

    public CompiledSchema? Find(SchemaKey key)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(key, out var entry)) return entry.Schema;
            if (!_old.TryGetValue(key, out entry)) return null;
            Add(key, entry);
            return entry.Schema;
        }
    }

    /// <summary>Keeps a schema.</summary>
    /// <param name="key">Which it is.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="definitionBytes">Bytes of its definition and of all that it refers to.</param>
    public void Keep(SchemaKey key, CompiledSchema schema, long definitionBytes)
    {
        lock (_lock) Add(key, new Entry(schema, definitionBytes));
    }

    public void Clear()
    {
        lock (_lock) (_young, _old, _youngBytes) = ([], [], 0);
    }

    void Add(SchemaKey key, Entry entry)
    {
        if (!_young.TryAdd(key, entry)) return;
        _youngBytes += entry.DefinitionBytes;
        if (_young.Count < MaxCount / 2 && _youngBytes < MaxDefinitionBytes / 2) return;
        _old = _young;
        _young = [];
        _youngBytes = 0;
    }

    readonly record struct Entry(CompiledSchema Schema, long DefinitionBytes);
}
