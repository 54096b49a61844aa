namespace Baton.Server.Platform.Storage;

/// <summary>One column of a table, read from <typeparamref name="T"/> (a row, or a key).</summary>
internal abstract class Column<T>(string name)
{
    public string Name { get; } = name;

    /// <summary>The value as ADO.NET takes it: string, long, byte[] or DBNull.</summary>
    public abstract object Value(T source);
}

/// <summary>A column with its .NET type, from which a provider can also make arrays.</summary>
internal sealed class Column<T, TValue>(string name, Func<T, TValue?> get) : Column<T>(name)
{
    public Func<T, TValue?> Get { get; } = get;

    public override object Value(T source) => Get(source) is { } value ? value : DBNull.Value;
}

/// <summary>Makes the columns of one row type.</summary>
internal static class Column
{
    public static Column<T> Text<T>(string name, Func<T, string?> get) => new Column<T, string>(name, get);

    public static Column<T> Bytes<T>(string name, Func<T, byte[]?> get) => new Column<T, byte[]>(name, get);

    // A null long must stay null: Nullable<long> boxes to null, a plain long never does.
    public static Column<T> Integer<T>(string name, Func<T, long?> get) => new Column<T, long?>(name, source => get(source));
}
