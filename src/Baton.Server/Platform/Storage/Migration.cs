namespace Baton.Server.Platform.Storage;

/// <summary>One step from a version of the tables to the next.</summary>
/// <param name="Number">The version of the tables after it, from 1.</param>
/// <param name="Name">The names of its files.</param>
/// <param name="Sql">Its statements, as every store takes them after a translation of a few words.</param>
internal sealed record Migration(int Number, string Name, string Sql);
