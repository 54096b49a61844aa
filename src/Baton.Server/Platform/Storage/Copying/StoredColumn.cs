using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Storage.Copying;

/// <summary>One column, as the migrations make it.</summary>
internal sealed record StoredColumn(string Name, ColumnType Type);
