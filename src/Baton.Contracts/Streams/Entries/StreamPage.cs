namespace Baton.Contracts.Streams;

/// <summary>A page of the entries of a stream.</summary>
/// <param name="Items">
/// The entries, oldest first: as many as `limit` says at the most, and at most 4 MiB of them.
/// </param>
/// <param name="NextAfter">
/// Give it as `after`, as it is, to go on: it has moved over what the label left out. It names the stream, and a stream
/// that was created anew under the same name refuses it.
/// </param>
public sealed record StreamPage(IReadOnlyList<StreamEntry> Items, string NextAfter);
