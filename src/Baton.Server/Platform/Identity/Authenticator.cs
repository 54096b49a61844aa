using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Identity;

/// <summary>Finds the key behind a request's secret. Rows come from the cache, which every commit keeps true.</summary>
internal sealed class Authenticator(RowReaders readers, LaneClock clock)
{
    readonly Rows<SecretHash, KeySecretRow> _secrets = readers.Of(KeySecretRow.Table);
    readonly Rows<ApiKeyId, ApiKeyRow> _keys = readers.Of(ApiKeyRow.Table);

    /// <summary>The secret in the headers of a request; null if it has none.</summary>
    public static string? SecretOf(HttpRequest request)
    {
        if (request.Headers.TryGetValue("X-API-KEY", out var key) && key.Count == 1) return key.ToString();
        const string Bearer = "Bearer ";
        var authorization = request.Headers.Authorization;
        if (authorization.Count != 1) return null;
        var text = authorization.ToString();
        return text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? text[Bearer.Length..].Trim() : null;
    }

    /// <summary>The key of a secret that is valid now; null otherwise.</summary>
    public async ValueTask<ApiKeyRow?> FindAsync(SecretHash hash, CancellationToken cancellation)
    {
        var owner = await _secrets.GetAsync(hash, cancellation);
        if (owner is null) return null;
        var key = await FindAsync(owner.WorkspaceId, owner.KeyId, cancellation);
        if (key is null) return null;
        if (SecretHash.FromBytes(key.SecretHash) == hash) return key;
        var isOld = key.OldSecretHash is { } old && SecretHash.FromBytes(old) == hash
            && key.OldSecretUntil > clock.Now();
        return isOld ? key : null;
    }

    /// <summary>A key by its id, if it has not ended.</summary>
    public async ValueTask<ApiKeyRow?> FindAsync(string workspaceId, string keyId, CancellationToken cancellation)
    {
        var key = await _keys.GetAsync(new ApiKeyId(workspaceId, keyId), cancellation);
        return key?.Life.IsLive(clock) == true ? key : null;
    }
}
