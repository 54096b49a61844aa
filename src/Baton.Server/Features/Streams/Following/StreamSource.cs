using System.Globalization;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Reading.Following;

namespace Baton.Server.Features.Streams.Following;

/// <summary>The entries of a stream as events; the id of each is `str_…:ENTRY`.</summary>
internal sealed class StreamSource : SseSource
{
    readonly StreamFollower _follower;
    bool _isRead;
    long? _sent;
    string? _end;

    StreamSource(StreamFollower follower) => _follower = follower;

    /// <summary>
    /// Opens the source, which owns the follower from here on; or answers what is wrong at the start.
    /// </summary>
    public static async ValueTask<Outcome<SseSource>> OpenAsync(StreamFollower follower, CancellationToken cancellation)
    {
        var source = new StreamSource(follower);
        var isOpen = false;
        try
        {
            if (await follower.ReadAsync(StreamFollower.PageSize, cancellation) is { } failure) return failure;
            source._isRead = follower.Page.Count > 0;
            isOpen = true;
            return source;
        }
        finally
        {
            if (!isOpen) source.Dispose();
        }
    }

    public override string? EndData => _follower.HasHistoryGoneBack ? HistoryWentBack : _end;

    /// <summary>Entries that came since the read have set the signal.</summary>
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
            // All entries of this read were left out: there may be more.
            if (_follower.After == before) return false;
        }
    }

    public override void Write(IEventWriter writer)
    {
        _isRead = false;
        foreach (var entry in _follower.Page) writer.Event(entry.ToEvent());
        _sent = _follower.Page[^1].EntryId;
    }

    public override string? TakeCursor()
    {
        if (_follower.After is not { } after || after <= 0 || after == _sent) return null;
        _sent = after;
        return _follower.NextAfter;
    }

    public override void Dispose() => _follower.Dispose();

    static string EndOf(Failure failure)
    {
        if (failure.FirstEntry is { } first)
            return string.Create(
                CultureInfo.InvariantCulture, $"{{\"reason\":\"cursor_pruned\",\"first_entry\":{first}}}");
        // Entries that were read no longer exist: the newest commits were lost, and this node was not told yet.
        if (failure.Code == ErrorCodes.CursorAhead) return HistoryWentBack;
        return failure.Code == ErrorCodes.StreamNotFound
            ? """{"reason":"deleted"}"""
            : $"{{\"reason\":\"{failure.Code.Code.Split('.')[^1]}\"}}";
    }
}
