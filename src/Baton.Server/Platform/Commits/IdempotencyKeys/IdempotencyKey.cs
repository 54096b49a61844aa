namespace Baton.Server.Platform.Commits.IdempotencyKeys;

/// <summary>A caller's Idempotency-Key.</summary>
/// <param name="Scope">The actor: keys of different actors never meet.</param>
/// <param name="Value">The header's value.</param>
/// <param name="Fingerprint">SHA-256 over all of the request that its outcome depends on.</param>
internal sealed record IdempotencyKey(string Scope, string Value, byte[] Fingerprint);
