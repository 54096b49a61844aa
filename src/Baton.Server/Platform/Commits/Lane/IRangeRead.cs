using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>A range in a batch: what the database had when the batch began, and what the batch made of it.</summary>
internal interface IRangeRead
{
    /// <summary>It was read: nothing more is read of it in this batch.</summary>
    bool IsRead { get; }

    ValueTask LoadAsync(ReadSession session);
}
