namespace Baton.Server.Platform.Storage.Tables;

/// <summary>One column of a table, read from <typeparamref name="T"/> (a row, or a key).</summary>
internal abstract class Column<T>(string name, ColumnType type)
{
    public string Name { get; } = name;

    public ColumnType Type { get; } = type;

    /// <summary>Gives the binder this column's value under its number, counted from 0.</summary>
    public abstract void Bind(IColumnBinder binder, int column, T source);
}

/// <summary>Makes the columns of one row type.</summary>
internal static class Column
{
    public static Column<T> Text<T>(string name, Func<T, string?> get) => new TextColumn<T>(name, get);

    public static Column<T> Bytes<T>(string name, Func<T, byte[]?> get) => new BytesColumn<T>(name, get);

    public static Column<T> Integer<T>(string name, Func<T, long?> get) => new IntegerColumn<T>(name, get);

    sealed class TextColumn<T>(string name, Func<T, string?> get) : Column<T>(name, ColumnType.Text)
    {
        public override void Bind(IColumnBinder binder, int column, T source) => binder.Text(column, get(source));
    }

    sealed class BytesColumn<T>(string name, Func<T, byte[]?> get) : Column<T>(name, ColumnType.Bytes)
    {
        public override void Bind(IColumnBinder binder, int column, T source) => binder.Bytes(column, get(source));
    }

    sealed class IntegerColumn<T>(string name, Func<T, long?> get) : Column<T>(name, ColumnType.Integer)
    {
        public override void Bind(IColumnBinder binder, int column, T source) => binder.Integer(column, get(source));
    }
}
