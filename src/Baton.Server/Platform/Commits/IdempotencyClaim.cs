namespace Baton.Server.Platform.Commits;

/// <summary>A caller's Idempotency-Key.</summary>
/// <param name="Scope">The actor: keys of different actors never meet.</param>
/// <param name="Key">The header's value.</param>
/// <param name="Fingerprint">SHA-256 over all of the request that its outcome depends on.</param>
internal sealed record IdempotencyClaim(string Scope, string Key, byte[] Fingerprint);
