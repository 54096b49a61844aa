using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Commits.Lane.RowSets;

/// <summary>
/// A range in a batch: the keys that the database had when the batch began, and what the batch has made of them.
/// </summary>
internal interface IRangeRead
{
    /// <summary>Whether it was read. Nothing more of it is read in this batch.</summary>
    bool IsRead { get; }

    ValueTask LoadAsync(ReadSession session);
}
