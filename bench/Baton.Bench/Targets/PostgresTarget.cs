using System.Globalization;
using Baton.Bench.Load;
using Baton.Bench.Processes;

namespace Baton.Bench.Targets;

/// <summary>A PostgreSQL of our own that syncs, with pgbench beside it.</summary>
internal sealed class PostgresTarget : IAsyncDisposable
{
    const string Upsert = """
        \set id random(1, 10000)
        BEGIN;
        INSERT INTO bench_row (id, value) VALUES ('bench-' || :id, repeat('x', 200))
            ON CONFLICT (id) DO UPDATE SET value = excluded.value;
        INSERT INTO bench_log (value) VALUES (repeat('y', 350));
        COMMIT;
        """;

    const string Select = """
        \set id random(1, 10000)
        SELECT value FROM bench_row WHERE id = 'bench-' || :id;
        """;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    readonly string _script;
    readonly string _folder;
    readonly Uri _url;
    readonly BenchPlan _plan;

    PostgresTarget(string script, string folder, Uri url, BenchPlan plan) =>
        (_script, _folder, _url, _plan) = (script, folder, url, plan);

    /// <summary>The first of its processes: those that serve connections are its children.</summary>
    public int ProcessId { get; private init; }

    /// <param name="script">`script/postgres`.</param>
    /// <param name="folder">Where its data goes.</param>
    /// <param name="plan">How much.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<PostgresTarget> StartAsync(
        string script, string folder, BenchPlan plan, CancellationToken cancellation)
    {
        var data = Path.Combine(folder, "data");
        var url = await Command.RunAsync(
            new(script, ["start", data, "shared_buffers=512MB", "max_wal_size=4GB"]), s_patience, cancellation);
        var processId = await File.ReadAllLinesAsync(Path.Combine(data, "postmaster.pid"), cancellation);
        var target = new PostgresTarget(script, folder, new Uri(url.Trim()), plan)
        {
            ProcessId = int.Parse(processId[0], CultureInfo.InvariantCulture),
        };
        await target.QueryAsync("postgres", "CREATE TABLE bench_row (id text PRIMARY KEY, value text)", cancellation);
        await target.QueryAsync(
            "postgres", "CREATE TABLE bench_log (id bigserial PRIMARY KEY, value text)", cancellation);
        await target.QueryAsync(
            "postgres",
            "INSERT INTO bench_row SELECT 'bench-' || i, repeat('x', 200) FROM generate_series(1, 10000) AS i",
            cancellation);
        return target;
    }

    /// <summary>Makes a database; what `BATON_DATABASE` is for it.</summary>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellation)
    {
        await QueryAsync("postgres", $"CREATE DATABASE {name}", cancellation);
        return new Uri(_url, name).ToString();
    }

    /// <summary>One upsert and one insert a transaction.</summary>
    public Task<LoadFigures> UpsertAsync(TimeSpan duration, CancellationToken cancellation) =>
        RunAsync("upsert.sql", Upsert, duration, cancellation);

    /// <summary>One row by its primary key.</summary>
    public Task<LoadFigures> SelectAsync(TimeSpan duration, CancellationToken cancellation) =>
        RunAsync("select.sql", Select, duration, cancellation);

    public async ValueTask DisposeAsync() => await Command.RunAsync(
        new(_script, ["stop", Path.Combine(_folder, "data")]), s_patience, CancellationToken.None);

    async Task<LoadFigures> RunAsync(
        string file, string script, TimeSpan duration, CancellationToken cancellation)
    {
        var path = Path.Combine(_folder, file);
        await File.WriteAllTextAsync(path, script, cancellation);
        var output = await Command.RunAsync(
            new("pgbench",
            [
                "-h", "127.0.0.1", "-p", Text(_url.Port), "-U", "postgres", "-n", "-M", "simple", "-j", "2",
                "-c", Text(_plan.ConnectionCount), "-T", Text((int)duration.TotalSeconds), "-f", path, "postgres",
            ]),
            duration + TimeSpan.FromSeconds(60), cancellation);
        // tps = 3387.540656 (without initial connection time)
        var rate = Figure(output, "tps = ");
        return new LoadFigures(
            rate, (long)(rate * duration.TotalSeconds), Figure(output, "latency average = "), P99Ms: double.NaN,
            AnswerBytes: 0);
    }

    static double Figure(string output, string label)
    {
        var at = output.IndexOf(label, StringComparison.Ordinal);
        if (at < 0) throw new BenchException($"pgbench gave no figures: {output}");
        return double.Parse(output[(at + label.Length)..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    Task<string> QueryAsync(string database, string sql, CancellationToken cancellation) => Command.RunAsync(
        new("psql", ["-h", "127.0.0.1", "-p", Text(_url.Port), "-U", "postgres", "-d", database, "-q", "-c", sql]),
        s_patience, cancellation);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
