using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Streams.Entries;

/// <summary>What was read: a live stream and its entries, as of one commit.</summary>
/// <param name="Row">The stream.</param>
/// <param name="From">The place that the reader had.</param>
/// <param name="After">The place that it has reached.</param>
/// <param name="Entries">In order.</param>
/// <param name="Failure">The reader's place is none of this stream's; then there is no entry.</param>
internal sealed record StreamSlice(
    StreamRow Row, long From, long After, List<StreamEntryRow> Entries, Failure? Failure);
