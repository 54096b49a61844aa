using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Baton.Tests.Harness;

/// <summary>Rows in memory to who speaks ADO.NET: as much of it as the server's queries use.</summary>
internal sealed class MemoryConnection(MemoryDatabase database) : DbConnection
{
    [AllowNull]
    public override string ConnectionString { get; set; } = "";

    public override string Database => "memory";

    public override string DataSource => "memory";

    public override string ServerVersion => "0";

    public override ConnectionState State => ConnectionState.Open;

    public override void Open()
    {
    }

    public override void Close()
    {
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new MemoryCommand(database);
}

/// <summary>One query, ready to be run again with other values.</summary>
internal sealed class MemoryCommand(MemoryDatabase database) : DbCommand
{
    readonly MemoryParameters _parameters = new();
    MemoryQuery? _query;

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; }

    protected override DbTransaction? DbTransaction { get; set; }

    protected override DbParameterCollection DbParameterCollection => _parameters;

    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    /// <summary>The begin and the end of a snapshot: nobody writes meanwhile.</summary>
    public override int ExecuteNonQuery() => CommandText is "BEGIN" or "COMMIT" ? 0 : throw Unknown();

    public override object? ExecuteScalar()
    {
        using var reader = ExecuteReader();
        return reader.Read() ? reader.GetValue(0) : null;
    }

    protected override DbParameter CreateDbParameter() => new MemoryParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        _query ??= MemoryQuery.Of(CommandText);
        if (_query is not null) return _query.Run(database, _parameters).CreateDataReader();
        return (database.AnswerOf(CommandText) ?? throw Unknown())(_parameters).CreateDataReader();
    }

    NotSupportedException Unknown() => new(
        $"Rows in memory cannot answer this: add it to MemoryQuery, or an answer to MemoryLane.\n{CommandText}");
}

/// <summary>A value by its name.</summary>
internal sealed class MemoryParameter : DbParameter
{
    public override DbType DbType { get; set; }

    public override ParameterDirection Direction { get; set; }

    public override bool IsNullable { get; set; }

    [AllowNull]
    public override string ParameterName { get; set; } = "";

    public override int Size { get; set; }

    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    public override bool SourceColumnNullMapping { get; set; }

    public override object? Value { get; set; }

    public override void ResetDbType()
    {
    }
}

/// <summary>The values of a query.</summary>
internal sealed class MemoryParameters : DbParameterCollection
{
    readonly List<MemoryParameter> _all = [];

    public override int Count => _all.Count;

    public override object SyncRoot => _all;

    /// <summary>Null for a null of the database.</summary>
    public object? ValueOf(string name) => this[name].Value is { } value and not DBNull ? value : null;

    public override int Add(object value)
    {
        _all.Add((MemoryParameter)value);
        return _all.Count - 1;
    }

    public override void AddRange(Array values)
    {
        foreach (var value in values) Add(value);
    }

    public override void Clear() => _all.Clear();

    public override bool Contains(object value) => IndexOf(value) >= 0;

    public override bool Contains(string value) => IndexOf(value) >= 0;

    public override void CopyTo(Array array, int index) => ((ICollection)_all).CopyTo(array, index);

    public override IEnumerator GetEnumerator() => _all.GetEnumerator();

    public override int IndexOf(object value) => _all.IndexOf((MemoryParameter)value);

    public override int IndexOf(string parameterName) => _all.FindIndex(one => one.ParameterName == parameterName);

    public override void Insert(int index, object value) => _all.Insert(index, (MemoryParameter)value);

    public override void Remove(object value) => _all.Remove((MemoryParameter)value);

    public override void RemoveAt(int index) => _all.RemoveAt(index);

    public override void RemoveAt(string parameterName) => _all.RemoveAt(IndexOf(parameterName));

    protected override DbParameter GetParameter(int index) => _all[index];

    protected override DbParameter GetParameter(string parameterName) => _all[IndexOf(parameterName)];

    protected override void SetParameter(int index, DbParameter value) => _all[index] = (MemoryParameter)value;

    protected override void SetParameter(string parameterName, DbParameter value) =>
        _all[IndexOf(parameterName)] = (MemoryParameter)value;
}
