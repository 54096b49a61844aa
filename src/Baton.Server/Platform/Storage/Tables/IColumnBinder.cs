namespace Baton.Server.Platform.Storage.Tables;

/// <summary>
/// Takes the values of a row, column by column: a provider's way to its own parameters, without boxing.
/// </summary>
internal interface IColumnBinder
{
    void Text(int column, string? value);

    void Integer(int column, long? value);

    void Bytes(int column, byte[]? value);
}
