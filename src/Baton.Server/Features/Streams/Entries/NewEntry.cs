namespace Baton.Server.Features.Streams.Entries;

/// <summary>An entry that is to be appended.</summary>
/// <param name="Data">The JSON value, byte for byte as it came.</param>
/// <param name="Label">Null for none.</param>
/// <param name="Pointer">Where the request has it: empty, or `/3` in an array.</param>
internal readonly record struct NewEntry(byte[] Data, string? Label, string Pointer);
