using System.Globalization;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http.Parameters;

/// <summary>The place of a reader of the feed: the parameter `after`, or what stands for it in event streams.</summary>
internal static class FeedPlace
{
    const string Form = "now|[0-9]{1,19}";

    /// <summary>What `after` takes.</summary>
    public const string Pattern = $"^({Form})$";

    public static readonly ParameterSpec LastEventId = HandReadResumePoint.HeaderOf(Form, "`lastEventId` and `after`");

    public static readonly ParameterSpec LastEventIdInQuery = HandReadResumePoint.ParameterOf(Form);

    /// <summary>
    /// The seq after which a reader begins, null where it named none, and the newest commit of all.
    /// </summary>
    public static async ValueTask<(long? After, long Head)> ReadAsync(HttpCall call, bool isStream = true)
    {
        var head = await call.Caller.Services.Feed.RefreshAsync(call.Actor.WorkspaceId, call.Aborted);
        return (ReadAfter(call, HandReadResumePoint.Read(call, isStream), head), head);
    }

    /// <summary>The seq after which a reader begins, null where it named none; `now` is the newest commit.</summary>
    static long? ReadAfter(HttpCall call, HandReadResumePoint point, long head)
    {
        if (point.Text is not { } text) return null;
        if (text == "now") return head;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after)) return after;
        point.Refuse(call, "a seq, or `now`");
        return null;
    }
}
