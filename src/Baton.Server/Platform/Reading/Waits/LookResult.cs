namespace Baton.Server.Platform.Reading.Waits;

/// <summary>What a look for something to take came to.</summary>
internal enum LookResult
{
    /// <summary>There was nothing: go on waiting.</summary>
    Vain,

    /// <summary>Something was taken.</summary>
    Taken,

    /// <summary>
    /// It failed, or took nothing because it had been answered before: what is there is left for the next in line.
    /// </summary>
    Failed,
}
