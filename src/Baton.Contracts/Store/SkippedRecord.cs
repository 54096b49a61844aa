namespace Baton.Contracts.Store;

/// <summary>A record that matches and does not take what a claim would set.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Code">Why, as an error's code: `store.type_mismatch` or `store.too_large`.</param>
/// <param name="Detail">What is wrong, in words.</param>
public sealed record SkippedRecord(string Key, string Code, string Detail);
