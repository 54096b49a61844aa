using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading.Waits;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Reading;

/// <summary>What reads share, whoever asks. Every member is safe for concurrent use.</summary>
internal sealed class ReadServices
{
    public required ChangeFeed Feed { get; init; }

    public required ReaderShares Shares { get; init; }

    public required Authenticator Authenticator { get; init; }

    public required Permissions Permissions { get; init; }

    public required Waiters Waiters { get; init; }

    public required LaneClock Clock { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>
    /// The verifications of ledgers. They take the machine for long, so each workspace does one at a time.
    /// </summary>
    public OneAtATime Verifications { get; } = new("verification");

    /// <inheritdoc cref="Verifications"/>
    public OneAtATime Exports { get; } = new("answer of a whole namespace");

    /// <summary>Whether other servers commit to the same database.</summary>
    public required bool IsShared { get; init; }

    /// <summary>Is cancelled when the server begins to stop: whatever waits ends then.</summary>
    public required CancellationToken Stopping { get; init; }

    /// <summary>The lane's time in microseconds since 1970-01-01 UTC: what expires is compared with it.</summary>
    public long Now => Clock.Now();
}
