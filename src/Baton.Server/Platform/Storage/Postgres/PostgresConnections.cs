using System.Globalization;
using Npgsql;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>Opens connections with the settings that the promises rest on. Safe for concurrent use.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    /// <summary>
    /// The settings of a session, which overrule those of the server and of the role. Every statement reads by keys,
    /// sometimes hundreds at a time: a plan that looks at a whole table is never right, whatever the statistics say of
    /// a table that has grown since.
    /// </summary>
    const string SessionOptions =
        "-c synchronous_commit=on -c statement_timeout=30000 -c lock_timeout=5000 "
        + "-c idle_in_transaction_session_timeout=10000 -c default_transaction_isolation=read\\ committed "
        + "-c client_min_messages=warning -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off "
        + "-c plan_cache_mode=force_generic_plan";

    /// <summary>
    /// The settings of a session that is held for long. It must end also if the machine of its server vanishes without
    /// a word. What it commits (notices) need not be durable.
    /// </summary>
    const string OtherOptions =
        "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c statement_timeout=0 "
        + "-c synchronous_commit=off -c client_min_messages=warning";

    const int ConnectSeconds = 5;
    const int CommandSeconds = 40;
    const int KeptStatements = 200;

    readonly NpgsqlMultiHostDataSource _lanes;
    readonly NpgsqlMultiHostDataSource _readers;
    readonly NpgsqlMultiHostDataSource _others;

    public PostgresConnections(string setting)
    {
        var text = PostgresSetting.Parse(setting);
        Name = $"{text.Host}/{text.Database}";
        _lanes = SourceOf(text, SessionOptions);
        _readers = SourceOf(text, SessionOptions);
        _others = SourceOf(text, OtherOptions);
    }

    /// <summary>Host and database, as messages name them; no password.</summary>
    public string Name { get; }

    public NpgsqlConnection OpenLane() => Open(_lanes.CreateConnection(TargetSessionAttributes.ReadWrite));

    public Task<NpgsqlConnection> OpenReaderAsync(CancellationToken cancellation) => OpenAsync(_readers, cancellation);

    /// <summary>
    /// Opens a connection for listening, leading or migrating: it is held for long, or runs long statements.
    /// </summary>
    public Task<NpgsqlConnection> OpenOtherAsync(CancellationToken cancellation) => OpenAsync(_others, cancellation);

    /// <summary>
    /// Forgets what is known of connections and hosts, after the database went away: connections that still look open
    /// are not used again, and hosts that did not answer are tried again.
    /// </summary>
    public void Forget()
    {
        _lanes.Clear();
        _readers.Clear();
        foreach (var source in new[] { _lanes, _readers, _others }) source.ClearDatabaseStates();
    }

    public async ValueTask DisposeAsync()
    {
        await _lanes.DisposeAsync();
        await _readers.DisposeAsync();
        await _others.DisposeAsync();
    }

    static NpgsqlConnection Open(NpgsqlConnection connection)
    {
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    static async Task<NpgsqlConnection> OpenAsync(NpgsqlMultiHostDataSource source, CancellationToken cancellation)
    {
        try
        {
            return await source.OpenConnectionAsync(TargetSessionAttributes.ReadWrite, cancellation);
        }
        catch (NpgsqlException failure) when (cancellation.IsCancellationRequested)
        {
            // With several hosts Npgsql reports a cancellation as if none of them had answered.
            throw new OperationCanceledException(failure.Message, failure, cancellation);
        }
    }

    static NpgsqlMultiHostDataSource SourceOf(NpgsqlConnectionStringBuilder text, string options)
    {
        var own = new NpgsqlConnectionStringBuilder(text.ConnectionString)
        {
            ApplicationName = text.ApplicationName ?? "baton",
            Options = $"{text.Options} {options}".Trim(),
            // Statements are prepared on their first use, by text: each session uses few, and for long.
            MaxAutoPrepare = KeptStatements,
            AutoPrepareMinUsages = 1,
            KeepAlive = 15,
            IncludeErrorDetail = false,
        };
        if (!text.ContainsKey("Timeout") || text.Timeout > ConnectSeconds) own.Timeout = ConnectSeconds;
        own.CommandTimeout = CommandSeconds;
        // After a failover the new primary is found at once, not after the time that a host is remembered as down.
        own.HostRecheckSeconds = 1;
        own.TargetSessionAttributes = null;
        return new NpgsqlDataSourceBuilder(own.ConnectionString).BuildMultiHost();
    }

    /// <summary>The value of a setting, as the session sees it.</summary>
    public static async Task<string> ShowAsync(
        NpgsqlConnection connection, string setting, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT current_setting($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = setting });
        return Convert.ToString(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture)!;
    }
}
