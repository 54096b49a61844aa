namespace Baton.Contracts.Streams;

/// <summary>Removes a consumer's cursor from a stream.</summary>
public sealed record RemoveCursorRequest : StreamCursorRequest;
