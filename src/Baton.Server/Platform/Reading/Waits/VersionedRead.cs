using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Feed;

namespace Baton.Server.Platform.Reading.Waits;

/// <summary>Waits for changes of things that have versions.</summary>
internal static class VersionedRead
{
    /// <summary>
    /// Waits until a thing has a newer version than the one that the caller knows, or is gone. A thing that never
    /// existed is waited for. A deletion ends the wait; a caller that knows a version learns of the deletion also if it
    /// came before the first look.
    /// </summary>
    /// <param name="caller">Who waits.</param>
    /// <param name="filter">What may change the thing.</param>
    /// <param name="afterVersion">The version that the caller knows; 0: none.</param>
    /// <param name="wait">How long; zero: one look.</param>
    /// <param name="findAsync">The thing as it is now; null: it is not there.</param>
    /// <param name="versionOf">Its version.</param>
    /// <param name="findGoneAsync">The version that the end of a thing that is not there was; null: not known.</param>
    public static async ValueTask<Outcome<Waited<T>>> WaitAsync<T>(
        Caller caller, FeedFilter filter, long afterVersion, TimeSpan wait, Func<ValueTask<T?>> findAsync,
        Func<T, long> versionOf, Func<ValueTask<long?>> findGoneAsync)
        where T : class
    {
        T? thing = null;
        var wasThere = false;
        var answered = await Waiting.UntilAsync(caller, filter, wait, async () =>
        {
            caller.Look();
            thing = await findAsync();
            if (thing is null)
            {
                wasThere |= afterVersion > 0 && await findGoneAsync() > afterVersion;
                return wasThere;
            }

            wasThere = true;
            return versionOf(thing) > afterVersion;
        });
        return answered.Failure is { } failure
            ? failure
            : new Waited<T>(thing, IsGone: thing is null && wasThere, IsOver: !answered.Value);
    }
}

/// <summary>What was found at the end of a wait.</summary>
/// <param name="Thing">The thing, perhaps in the version that the caller knows; null: it is not there.</param>
/// <param name="IsGone">Whether it existed before: the server or the caller knows an earlier version.</param>
/// <param name="IsOver">Whether the time ended before there was an answer.</param>
internal readonly record struct Waited<T>(T? Thing, bool IsGone, bool IsOver)
    where T : class;
