namespace Baton.Server.Platform.Storage;

internal sealed record Migration(int Number, string Name, string Sql);
