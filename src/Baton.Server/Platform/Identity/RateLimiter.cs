using System.Collections.Concurrent;
using System.Globalization;
using Baton.Contracts.Errors;
using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Identity;

/// <summary>
/// Counts the requests of each key that has a limit, in fixed windows, on this node. Safe for concurrent use; bounded
/// by the number of such keys.
/// </summary>
internal sealed class RateLimiter(TimeProvider time)
{
    readonly ConcurrentDictionary<string, Window> _windows = new();

    /// <summary>
    /// Counts one request, writes into the response how many are left, and refuses the request if none is.
    /// </summary>
    public Failure? Count(string keyId, RateLimit limit, HttpResponse response)
    {
        var window = _windows.GetOrAdd(keyId, static _ => new Window());
        var (left, resetSeconds) = window.Take(limit, time);
        var invariant = CultureInfo.InvariantCulture;
        response.Headers["RateLimit-Policy"] =
            string.Create(invariant, $"\"key\";q={limit.Requests};w={limit.WindowSeconds}");
        response.Headers["RateLimit"] = string.Create(invariant, $"\"key\";r={Math.Max(left, 0)};t={resetSeconds}");
        return left >= 0
            ? null
            : new Failure(
                ErrorCodes.RateLimited,
                $"This key may make {limit.Requests} requests in {limit.WindowSeconds} seconds.")
            {
                RetryAfterSeconds = resetSeconds,
            };
    }

    sealed class Window
    {
        readonly Lock _lock = new();
        long _start;
        long _count;

        public (long Left, int ResetSeconds) Take(RateLimit limit, TimeProvider time)
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                if (_count == 0 || time.GetElapsedTime(_start, now).TotalSeconds >= limit.WindowSeconds)
                    (_start, _count) = (now, 0);
                if (_count <= limit.Requests) _count++;
                var reset = limit.WindowSeconds - time.GetElapsedTime(_start, now).TotalSeconds;
                return (limit.Requests - _count, (int)Math.Max(1, Math.Ceiling(reset)));
            }
        }
    }
}
