using System.Collections;
using System.Globalization;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Basics;

/// <summary>
/// What an operator can set, each by one environment variable. docs/configuration.md and docs/limits.md say more.
/// </summary>
internal sealed record BatonOptions
{
    /// <summary>Where to listen, for every route. Port 0 takes a free one.</summary>
    /// <remarks>`BATON_URL`. Default: `http://127.0.0.1:22866`. Range: an `http` address.</remarks>
    public string Url { get; init; } = "http://127.0.0.1:22866";

    /// <summary>Where the embedded store, its lock and the first key are kept; on PostgreSQL only the key.</summary>
    /// <remarks>`BATON_DATA`. Default: `./.baton`. Range: a directory.</remarks>
    public string DataDirectory { get; init; } = "./.baton";

    /// <summary>
    /// The PostgreSQL that is used in place of the embedded store; null: the embedded store in
    /// <see cref="DataDirectory"/>.
    /// </summary>
    /// <remarks>
    /// `BATON_DATABASE`. Default: not set: the embedded store. Range: `postgres://user:password@host:port/database`, or
    /// Npgsql's keywords.
    /// </remarks>
    public string? Database { get; init; }

    /// <summary>
    /// Whether to listen to what other servers on <see cref="Database"/> commit. With `off`, this server looks for
    /// their commits once a second, for connections that cannot listen. Without effect on the embedded store.
    /// </summary>
    /// <remarks>`BATON_DATABASE_NOTICES`. Default: `on`. Range: `on` or `off`.</remarks>
    public bool DatabaseNotices { get; init; } = true;

    /// <summary>
    /// The first server key; null: the server makes one at its first start. A changed value replaces the key that the
    /// start before has used.
    /// </summary>
    /// <remarks>`BATON_ADMIN_KEY`. Default: not set. Range: 32 to 512 characters.</remarks>
    public string? AdminKey { get; init; }

    /// <summary>The origins whose pages may call every route from a browser; empty: none.</summary>
    /// <remarks>`BATON_CORS_ORIGINS`. Default: not set. Range: origins, separated by commas, or `*`.</remarks>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Whether the log is one JSON object a line; otherwise it is text.</summary>
    /// <remarks>`BATON_LOG`. Default: `text`. Range: `text` or `json`.</remarks>
    public bool JsonLogs { get; init; }

    /// <summary>
    /// Bytes of one stash's content: of the body of a PUT or append, and of what an append or replace makes. Also of a
    /// document that is only checked by a schema.
    /// </summary>
    /// <remarks>`BATON_STASH_BYTES`. Default: 26214400. Range: 1 to 1073741824.</remarks>
    public long StashBytes { get; init; } = 25 * 1024 * 1024;

    /// <summary>
    /// Bytes of one record's value, however it is made, and of the body of a bulk write, a PATCH and the end of a
    /// claim.
    /// </summary>
    /// <remarks>`BATON_RECORD_BYTES`. Default: 8388608. Range: 1 to 268435456.</remarks>
    public long RecordBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>
    /// Bytes of the body of a transaction. Each operation in it is bounded as on its own route besides.
    /// </summary>
    /// <remarks>`BATON_TRANSACTION_BYTES`. Default: 26214400. Range: 1 to 1073741824.</remarks>
    public long TransactionBytes { get; init; } = 25 * 1024 * 1024;

    /// <summary>Bytes of every other request body, such as appends to streams and definitions of schemas.</summary>
    /// <remarks>`BATON_BODY_BYTES`. Default: 1048576. Range: 1024 to 67108864.</remarks>
    public long BodyBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Bytes of all request bodies in memory together. One workspace has three quarters of them, or
    /// <see cref="LargestBody"/> where that is more. If this setting is less than that, no body of that size is taken.
    /// </summary>
    /// <remarks>`BATON_BODIES_IN_FLIGHT_BYTES`. Default: 268435456. Range: 1024 or more.</remarks>
    public long BodiesInFlightBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// Bytes that one workspace holds in newest versions of stashes, in records, what claims keep to undo their `set`,
    /// entries of streams, definitions of schemas and edges of lineage. Beyond it the workspace takes only writes that
    /// make it smaller.
    /// </summary>
    /// <remarks>`BATON_WORKSPACE_BYTES`. Default: 68719476736. Range: 1 or more.</remarks>
    public long WorkspaceBytes { get; init; } = 64L * 1024 * 1024 * 1024;

    /// <summary>
    /// Versions kept of each stash, the newest among them. A smaller value than before hides the older ones at once.
    /// </summary>
    /// <remarks>`BATON_STASH_VERSIONS`. Default: 10. Range: 1 to 100.</remarks>
    public long StashVersions { get; init; } = 10;

    /// <summary>
    /// Long-polls and event streams that one key holds open on this server, within <see cref="WaitersPerWorkspace"/>.
    /// </summary>
    /// <remarks>`BATON_WAITERS_PER_KEY`. Default: 2048. Range: 1 to 1000000.</remarks>
    public long WaitersPerKey { get; init; } = 2048;

    /// <summary>
    /// Long-polls and event streams that all keys of one workspace hold open on this server together.
    /// </summary>
    /// <remarks>`BATON_WAITERS_PER_WORKSPACE`. Default: 16384. Range: 1 to 1000000.</remarks>
    public long WaitersPerWorkspace { get; init; } = 16_384;

    /// <summary>
    /// Outcomes kept for `Idempotency-Key` in one workspace; the oldest go first, none that is younger than 10 minutes.
    /// </summary>
    /// <remarks>`BATON_IDEMPOTENCY_KEYS`. Default: 200000. Range: 1 to 10000000.</remarks>
    public long IdempotencyKeys { get; init; } = 200_000;

    /// <summary>
    /// Bytes of memory for the rows of each table that is cached, not of all together; 0 caches next to nothing.
    /// </summary>
    /// <remarks>`BATON_CACHE_BYTES`. Default: 50331648. Range: 0 to 68719476736.</remarks>
    public long CacheBytes { get; init; } = 48 * 1024 * 1024;

    /// <summary>
    /// Seconds for which the reader of an event stream may take nothing of what is sent before it is cut.
    /// </summary>
    /// <remarks>`BATON_SLOW_READER_SECONDS`. Default: 10. Range: 1 to 3600.</remarks>
    public long SlowReaderSeconds { get; init; } = 10;

    /// <summary>The bytes of the largest body that any route takes.</summary>
    public long LargestBody => Math.Max(Math.Max(StashBytes, TransactionBytes), Math.Max(RecordBytes, BodyBytes));

    static readonly string[] s_schemes = ["postgres://", "postgresql://"];

    /// <summary>Whether this names a database of PostgreSQL, rather than a directory.</summary>
    public static bool IsPostgres(string setting) =>
        Array.Exists(s_schemes, scheme => setting.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        || setting.Contains("host=", StringComparison.OrdinalIgnoreCase);

    static readonly Setting[] s_settings =
    [
        new("BATON_URL", (o, v) => Uri.TryCreate(v, UriKind.Absolute, out var url) && url.Scheme == "http"
            ? o with { Url = v }
            : throw Bad("BATON_URL", v, "an address such as http://127.0.0.1:22866")),
        new("BATON_DATA", (o, v) => o with { DataDirectory = v }),
        new("BATON_DATABASE", (o, v) => IsPostgres(v)
            ? o with { Database = v }
            : throw Bad("BATON_DATABASE", "(hidden)", "postgres://user:password@host:port/database")),
        new("BATON_DATABASE_NOTICES", (o, v) => v is "on" or "off"
            ? o with { DatabaseNotices = v == "on" }
            : throw Bad("BATON_DATABASE_NOTICES", v, "on or off")),
        new("BATON_ADMIN_KEY", (o, v) => v.Length is >= MinAdminKeyLength and <= 512
            ? o with { AdminKey = v }
            : throw Bad("BATON_ADMIN_KEY", "(hidden)", "32 to 512 characters")),
        new("BATON_CORS_ORIGINS", (o, v) => o with
        {
            CorsOrigins = v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        }),
        new("BATON_LOG", (o, v) => v is "text" or "json"
            ? o with { JsonLogs = v == "json" }
            : throw Bad("BATON_LOG", v, "text or json")),
        Number("BATON_STASH_BYTES", 1, 1024L * 1024 * 1024, (o, n) => o with { StashBytes = n }),
        Number("BATON_RECORD_BYTES", 1, 256L * 1024 * 1024, (o, n) => o with { RecordBytes = n }),
        Number("BATON_TRANSACTION_BYTES", 1, 1024L * 1024 * 1024, (o, n) => o with { TransactionBytes = n }),
        Number("BATON_BODY_BYTES", 1024, 64L * 1024 * 1024, (o, n) => o with { BodyBytes = n }),
        Number("BATON_BODIES_IN_FLIGHT_BYTES", 1024, long.MaxValue, (o, n) => o with { BodiesInFlightBytes = n }),
        Number("BATON_WORKSPACE_BYTES", 1, long.MaxValue, (o, n) => o with { WorkspaceBytes = n }),
        Number("BATON_STASH_VERSIONS", 1, MaxStashVersions, (o, n) => o with { StashVersions = n }),
        Number("BATON_WAITERS_PER_KEY", 1, 1_000_000, (o, n) => o with { WaitersPerKey = n }),
        Number("BATON_WAITERS_PER_WORKSPACE", 1, 1_000_000, (o, n) => o with { WaitersPerWorkspace = n }),
        Number("BATON_IDEMPOTENCY_KEYS", 1, 10_000_000, (o, n) => o with { IdempotencyKeys = n }),
        Number("BATON_CACHE_BYTES", 0, 64L * 1024 * 1024 * 1024, (o, n) => o with { CacheBytes = n }),
        Number("BATON_SLOW_READER_SECONDS", 1, 3600, (o, n) => o with { SlowReaderSeconds = n }),
    ];

    /// <summary>
    /// Variables that clients on the same machine read: the server does not take them for mistyped settings.
    /// </summary>
    static readonly string[] s_clientVariables = ["BATON_KEY", "BATON_AGENT", "BATON_WORKSPACE"];

    /// <summary>Characters that <see cref="AdminKey"/> has at least, so that it cannot be guessed.</summary>
    public const int MinAdminKeyLength = 32;

    /// <summary>The most that <see cref="StashVersions"/> can be: the row of a stash names the places of all.</summary>
    public const long MaxStashVersions = 100;

    /// <summary>The names of all variables, for docs and their test.</summary>
    public static IEnumerable<string> Names => s_settings.Select(setting => setting.Name);

    /// <summary>Reads the environment; throws <see cref="BadSettingException"/> for what it cannot use.</summary>
    public static BatonOptions FromEnvironment(IDictionary environment)
    {
        var options = new BatonOptions();
        foreach (DictionaryEntry variable in environment)
        {
            var name = (string)variable.Key;
            if (!name.StartsWith("BATON_", StringComparison.Ordinal) || s_clientVariables.Contains(name)) continue;
            if (variable.Value is not string { Length: > 0 } value) continue;
            var setting = Array.Find(s_settings, setting => setting.Name == name);
            if (setting is null)
            {
                var nearest = NearestName.Of(name, Names);
                throw new BadSettingException(
                    $"{name} is not a setting of Baton{(nearest is null ? "" : $"; did you mean {nearest}?")}");
            }

            options = setting.Apply(options, value);
        }

        return options;
    }

    static Setting Number(string name, long min, long max, Func<BatonOptions, long, BatonOptions> apply) =>
        new(name, (options, text) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
                ? apply(options, number)
                : throw Bad(name, text, $"a whole number from {min} to {max}"));

    static BadSettingException Bad(string name, string value, string wanted) =>
        new($"{name} is {value}, but must be {wanted}.");

    sealed record Setting(string Name, Func<BatonOptions, string, BatonOptions> Apply);
}
