namespace Baton.Server.Platform.Storage.Tables;

/// <summary>What a column holds: text in UTF-8, 64-bit integers, or bytes.</summary>
internal enum ColumnType
{
    Text,
    Integer,
    Bytes,
}
