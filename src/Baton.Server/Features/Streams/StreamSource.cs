using System.Globalization;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Streams;

/// <summary>The entries of a stream as events; the id of each is `str_…:ENTRY`.</summary>
internal sealed class StreamSource : SseSource
{
    readonly StreamFollower _follower;
    bool _isRead;
    long? _sent;
    string? _end;

    StreamSource(StreamFollower follower) => _follower = follower;

    /// <summary>
    /// Follows until the reader, the stream or the server ends it. What is wrong at the start is answered.
    /// </summary>
    public static async ValueTask<Failure?> FollowAsync(Call call, StreamFollower follower)
    {
        if (await follower.ReadAsync(StreamFollower.PageSize, call.Aborted) is { } failure) return failure;
        using var source = new StreamSource(follower) { _isRead = follower.Page.Count > 0 };
        return await SseStream.FollowAsync(call, source);
    }

    public override string? EndData => _follower.HasHistoryGoneBack ? SseStream.HistoryWentBack : _end;

    /// <summary>What came since the read has set the signal.</summary>
    public override bool IsAtEnd => _follower.IsAtNewest;

    public override ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation) =>
        _follower.WaitAsync(timeout, cancellation);

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        if (_isRead) return true;
        while (true)
        {
            var before = _follower.After;
            if (await _follower.ReadAsync(StreamFollower.PageSize, cancellation) is { } failure)
            {
                _end = EndOf(failure);
                return true;
            }

            if (_follower.Page.Count > 0) return true;
            // Everything that came was left out: there may be more of it.
            if (_follower.After == before) return false;
        }
    }

    public override void Write(SseWriter writer)
    {
        _isRead = false;
        foreach (var entry in _follower.Page) writer.Bytes(entry.ToEvent());
        _sent = _follower.Page[^1].EntryId;
    }

    public override string? TakeCursor()
    {
        if (_follower.After is not { } after || after <= 0 || after == _sent) return null;
        _sent = after;
        return _follower.NextAfter;
    }

    // The follower belongs to whoever made it.
    public override void Dispose()
    {
    }

    static string EndOf(Failure failure)
    {
        if (failure.FirstEntry is { } first)
            return string.Create(
                CultureInfo.InvariantCulture, $"{{\"reason\":\"cursor_pruned\",\"first_entry\":{first}}}");
        // What was read is no longer there: the newest commits are gone, and this node was not told yet.
        if (failure.Code == ErrorCodes.CursorAhead) return SseStream.HistoryWentBack;
        return failure.Code == ErrorCodes.StreamNotFound
            ? """{"reason":"deleted"}"""
            : $"{{\"reason\":\"{failure.Code.Code.Split('.')[^1]}\"}}";
    }
}
