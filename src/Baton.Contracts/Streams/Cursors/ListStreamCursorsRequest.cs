namespace Baton.Contracts.Streams;

/// <summary>Lists the consumers of a stream and their cursors.</summary>
public sealed record ListStreamCursorsRequest : StreamReadRequest;
