using System.Globalization;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Reading.Following;

/// <summary>The place of a reader of the feed, which a request names by <see cref="SeqFormAttribute"/>.</summary>
/// <param name="After">The seq after which the reader begins; null: the request names none.</param>
/// <param name="Head">The newest commit of all.</param>
internal readonly record struct SeqPlace(long? After, long Head)
{
    /// <summary>Reads a place, which has the right form; a failure, if no commit is there yet.</summary>
    public static async ValueTask<Outcome<SeqPlace>> OfAsync(Caller caller, string? text)
    {
        var head = await caller.Services.Feed.RefreshAsync(caller.WorkspaceId, caller.Aborted);
        long? after = text switch
        {
            null => null,
            SeqFormAttribute.Now => head,
            _ => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture),
        };
        return after > head ? CursorAhead.Of(after.Value, head) : new SeqPlace(after, head);
    }
}
