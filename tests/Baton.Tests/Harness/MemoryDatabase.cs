using System.Data;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Tests.Harness;

/// <summary>A row that a batch wrote, or, with null, deleted.</summary>
internal readonly record struct RowChange(string Table, object Key, object? Row);

/// <summary>
/// Rows in memory in place of a database, and the session of a lane over them: for deciding without one. Nothing of it
/// is durable, concurrent or undone. Queries are answered by <see cref="MemoryQuery"/>.
/// </summary>
internal sealed class MemoryDatabase : IDatabase, ILaneSession
{
    readonly Dictionary<string, IMemoryTable> _tables = [];
    readonly Dictionary<string, Func<MemoryParameters, DataTable>> _answers = [];
    readonly List<RowChange> _changes = [];

    public MemoryDatabase() => Queries = new ReadSession(new MemoryConnection(this), prepares: false);

    public ReadSession Queries { get; }

    /// <summary>What the newest batch wrote and deleted.</summary>
    public IReadOnlyList<RowChange> Changes => _changes;

    public int LaneCount => 1;

    public int ReaderCount => 1;

    public IPeers? Peers => null;

    public bool HasRoom => true;

    public string BeginSnapshot => "BEGIN";

    public MemoryTable<TKey, TRow> Of<TKey, TRow>(Table<TKey, TRow> table)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        if (_tables.TryGetValue(table.Name, out var known)) return (MemoryTable<TKey, TRow>)known;
        var made = new MemoryTable<TKey, TRow>(table);
        _tables.Add(table.Name, made);
        return made;
    }

    /// <summary>The table of a name; null while nobody wrote or asked for a row of it.</summary>
    public IMemoryTable? Find(string table) => _tables.GetValueOrDefault(table);

    /// <summary>Answers the queries that have a text in them, and are no plain ones.</summary>
    public void Answer(string text, Func<MemoryParameters, DataTable> answer) => _answers.Add(text, answer);

    /// <summary>How a query is answered that is no plain one; null for those that nobody answers.</summary>
    public Func<MemoryParameters, DataTable>? AnswerOf(string query) =>
        _answers.FirstOrDefault(answer => query.Contains(answer.Key, StringComparison.Ordinal)).Value;

    public TimeProvider ClockOver(TimeProvider machine) => machine;

    public ILaneSession OpenLane() => this;

    public ValueTask<List<string>> FindDamageAsync(CancellationToken cancellation) => new([]);

    public ValueTask<IDisposable> EnterLongReadAsync(CancellationToken cancellation) => new(new MemoryStream());

    public ValueTask<T> ReadAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
        => read(Queries, state, cancellation);

    public ValueTask<TRow?> FindAsync<TKey, TRow>(Rows<TKey, TRow> rows, TKey key, CancellationToken cancellation)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => new(Of(rows.Table).Find(key));

    public void Begin(LaneLocks locks) => _changes.Clear();

    public void Load<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TKey> keys, Action<TKey, TRow?> found)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        foreach (var key in keys) found(key, Of(table).Find(key));
    }

    public void Upsert<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        foreach (var row in rows)
        {
            Of(table).Put(row);
            _changes.Add(new RowChange(table.Name, table.KeyOf(row), row));
        }
    }

    public void Insert<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => Upsert(table, rows);

    public void Delete<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TKey> keys)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        foreach (var key in keys)
        {
            Of(table).Delete(key);
            _changes.Add(new RowChange(table.Name, key, Row: null));
        }
    }

    public ValueTask FlushAsync() => default;

    public ValueTask CommitAsync() => default;

    public ValueTask RollbackAsync() => default;

    public void Tidy(bool isFull)
    {
    }

    public ValueTask DisposeAsync()
    {
        Queries.Dispose();
        return default;
    }
}
