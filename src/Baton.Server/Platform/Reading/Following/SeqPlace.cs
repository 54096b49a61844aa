using System.Globalization;
using Baton.Contracts.Requests;

namespace Baton.Server.Platform.Reading.Following;

/// <summary>The place of a reader of the feed, which a request names by <see cref="SeqFormAttribute"/>.</summary>
/// <param name="After">The seq after which the reader begins; null: the request names none.</param>
/// <param name="Head">The newest commit of all.</param>
internal readonly record struct SeqPlace(long? After, long Head)
{
    /// <summary>Whether the reader is where no commit is yet.</summary>
    public bool IsAhead => After > Head;

    /// <summary>Reads a place, which has the right form.</summary>
    public static async ValueTask<SeqPlace> OfAsync(Caller caller, string? after)
    {
        var head = await caller.Services.Feed.RefreshAsync(caller.WorkspaceId, caller.Aborted);
        return new SeqPlace(
            after switch
            {
                null => null,
                SeqFormAttribute.Now => head,
                _ => long.Parse(after, NumberStyles.None, CultureInfo.InvariantCulture),
            },
            head);
    }
}
