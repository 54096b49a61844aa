using System.Collections;
using System.Globalization;
using Baton.Server.Platform.Storage.Postgres;

namespace Baton.Server.Platform;

/// <summary>
/// What an operator can set, each by one environment variable. docs/configuration.md and docs/limits.md say more.
/// </summary>
internal sealed record BatonOptions
{
    public string Url { get; init; } = "http://127.0.0.1:22866";

    public string DataDirectory { get; init; } = "./.baton";

    /// <summary>Null: the embedded store in the data directory.</summary>
    public string? Database { get; init; }

    /// <summary>
    /// Listens to what other servers on the same database commit. Off: looks once a second, for connections that cannot
    /// listen.
    /// </summary>
    public bool DatabaseNotices { get; init; } = true;

    /// <summary>The first server key; null: one is made at the first start.</summary>
    public string? AdminKey { get; init; }

    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    public bool JsonLogs { get; init; }

    public long StashBytes { get; init; } = 25 * 1024 * 1024;

    public long RecordBytes { get; init; } = 8 * 1024 * 1024;

    public long TransactionBytes { get; init; } = 25 * 1024 * 1024;

    public long BodyBytes { get; init; } = 1024 * 1024;

    public long BodiesInFlightBytes { get; init; } = 256 * 1024 * 1024;

    public long WorkspaceBytes { get; init; } = 64L * 1024 * 1024 * 1024;

    public long StashVersions { get; init; } = 10;

    public long WaitersPerKey { get; init; } = 2048;

    public long WaitersPerWorkspace { get; init; } = 16_384;

    public long IdempotencyKeys { get; init; } = 200_000;

    public long CacheBytes { get; init; } = 48 * 1024 * 1024;

    public long SlowReaderSeconds { get; init; } = 10;

    /// <summary>The most that any body may have.</summary>
    public long LargestBody => Math.Max(Math.Max(StashBytes, TransactionBytes), Math.Max(RecordBytes, BodyBytes));

    static readonly Setting[] s_settings =
    [
        new("BATON_URL", (o, v) => Uri.TryCreate(v, UriKind.Absolute, out var url) && url.Scheme == "http"
            ? o with { Url = v }
            : throw Bad("BATON_URL", v, "an address such as http://127.0.0.1:22866")),
        new("BATON_DATA", (o, v) => o with { DataDirectory = v }),
        new("BATON_DATABASE", (o, v) => PostgresSetting.IsPostgres(v)
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

    /// <summary>What clients on the same machine are told by: no mistyped setting.</summary>
    static readonly string[] s_clientVariables = ["BATON_KEY", "BATON_AGENT", "BATON_WORKSPACE"];

    public const int MinAdminKeyLength = 32;
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
                var nearest = Http.NearestName.Of(name, Names);
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

/// <summary>A setting that the server cannot use: it does not start.</summary>
internal sealed class BadSettingException(string message) : Exception(message);
