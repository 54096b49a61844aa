using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Store;

/// <summary>A record that a bulk write changed.</summary>
/// <param name="Key">The key.</param>
/// <param name="Op">`set` or `delete`.</param>
/// <param name="Version">The version that the change made.</param>
public sealed record RecordVersion(
    string Key, [property: AllowedValues("set", "delete")] string Op, long Version);
