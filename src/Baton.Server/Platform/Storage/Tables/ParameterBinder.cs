using System.Data.Common;

namespace Baton.Server.Platform.Storage.Tables;

/// <summary>Binds columns to the parameters of an ADO.NET command, in their order.</summary>
internal sealed class ParameterBinder(DbCommand command) : IColumnBinder
{
    public void Text(int column, string? value) => Set(column, value);

    public void Integer(int column, long? value) => Set(column, value);

    public void Bytes(int column, byte[]? value) => Set(column, value);

    void Set(int column, object? value) => command.Parameters[column].Value = value ?? DBNull.Value;
}
