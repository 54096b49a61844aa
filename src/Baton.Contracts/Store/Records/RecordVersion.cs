using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Store;

/// <summary>A record that a write of many has changed.</summary>
/// <param name="Key">The key of the record.</param>
/// <param name="Op">What was done: `set` or `delete`.</param>
/// <param name="Version">The version that the change made.</param>
public sealed record RecordVersion(
    string Key, [property: AllowedValues("set", "delete")] string Op, long Version);
