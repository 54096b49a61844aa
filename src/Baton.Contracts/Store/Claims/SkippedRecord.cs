namespace Baton.Contracts.Store;

/// <summary>A record that matches, but cannot take what a claim would set.</summary>
/// <param name="Key">The key of the record.</param>
/// <param name="Code">Why, as the code of an error: `store.type_mismatch` or `store.too_large`.</param>
/// <param name="Detail">What is wrong with it, in words.</param>
public sealed record SkippedRecord(string Key, string Code, string Detail);
