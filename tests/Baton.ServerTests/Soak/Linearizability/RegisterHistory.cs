namespace Baton.ServerTests.Soak.Linearizability;

/// <summary>What a client asked of one key, and what it was told.</summary>
internal enum RegisterAction
{
    /// <summary>Told the version and the value; version 0: absent.</summary>
    Read,

    /// <summary>Told that it is done, and the version that it made.</summary>
    Write,

    /// <summary>Told that the version was another one, and which.</summary>
    Mismatch,

    /// <summary>Told nothing: it may have been done at any time since, or never.</summary>
    UnknownWrite,
}

/// <summary>One operation on one key, from the moment that it was sent to the moment that the answer was there.</summary>
/// <param name="Client">Who: for people.</param>
/// <param name="Sent">When it was sent, on one clock for all clients.</param>
/// <param name="Answered">When it was answered; of an unknown one <see cref="long.MaxValue"/>.</param>
/// <param name="Action">What.</param>
/// <param name="Expected">The version that it was to be done at; null: at any.</param>
/// <param name="Version">The version that was told.</param>
/// <param name="Value">What was read, or written.</param>
internal sealed record RegisterOperation(
    int Client, long Sent, long Answered, RegisterAction Action, long? Expected, long Version, string? Value)
{
    /// <summary>The state after it, if it was done in this state; null if its answer cannot be.</summary>
    public RegisterState? After(RegisterState state) => Action switch
    {
        RegisterAction.Read => Version == state.Version && (Version == 0 || Value == state.Value) ? state : null,
        RegisterAction.Write => Fits(state) && Version == state.Version + 1 ? new RegisterState(Version, Value) : null,
        RegisterAction.Mismatch => !Fits(state) && Version == state.Version ? state : null,
        _ => Fits(state) ? new RegisterState(state.Version + 1, Value) : state,
    };

    bool Fits(RegisterState state) => Expected is null || Expected == state.Version;
}

/// <summary>A compare-and-set register with a version that counts its writes.</summary>
internal readonly record struct RegisterState(long Version, string? Value);
