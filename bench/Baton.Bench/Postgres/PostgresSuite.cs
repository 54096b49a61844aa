using System.Globalization;
using System.Text.Json;
using Baton.Bench.Load;
using Baton.Bench.Reports;
using Baton.Bench.Targets;

namespace Baton.Bench.Postgres;

/// <summary>`script/bench postgres`: beside pgbench on the same server; more nodes and workspaces.</summary>
internal static class PostgresSuite
{
    const string Put = "put";
    const string Get = "get";
    const string Upsert = "pgbench_upsert";
    const string Select = "pgbench_select";

    // Nodes and workspaces that are loaded at once.
    static readonly (int Nodes, int Workspaces)[] Shapes = [(1, 1), (1, 8), (1, 64), (2, 1), (2, 8), (3, 1), (3, 64)];

    public static async Task<SuiteResult> MeasureAsync(Suite suite, CancellationToken cancellation)
    {
        var plan = suite.Plan;
        var machine = await suite.ReadMachineAsync(cancellation, "pgbench", "wrk");
        await using var postgres = await PostgresTarget.StartAsync(
            suite.PostgresScript, suite.Scratch.Folder("postgres"), plan, cancellation);
        var database = await postgres.CreateDatabaseAsync("baton", cancellation);
        await using var first = await suite.StartBatonAsync("node-1", cancellation, database);
        await using var second = await suite.StartBatonAsync("node-2", cancellation, database);
        await using var third = await suite.StartBatonAsync("node-3", cancellation, database);
        await new StashLoader(first.Url, suite.Key, plan).LoadAsync(
            plan.HotNameCount, StashLoader.HotName, cancellation);
        var keys = await MakeWorkspacesAsync(suite, first, count: 64, cancellation);
        BatonTarget[] nodes = [first, second, third];
        var load = await suite.Rounds.RunAsync(
        [
            new(Put, "Baton PUT, one node, one workspace", first.ProcessId, first.PutAsync),
            new(Upsert, "pgbench, one upsert and one insert a transaction", postgres.ProcessId, postgres.UpsertAsync),
            new(Get, "Baton GET, one node, one workspace", first.ProcessId, first.GetAsync),
            new(Select, "pgbench, one row by its key", postgres.ProcessId, postgres.SelectAsync),
            .. Shapes.Select(shape => new Subject(
                IdOf(shape), $"Baton PUT, nodes: {shape.Nodes}, workspaces: {shape.Workspaces}", first.ProcessId,
                (time, token) => PutAsync(suite, nodes[..shape.Nodes], keys[..shape.Workspaces], time, token))),
        ], cancellation);
        double Rate(string id) => load[id].MedianPerSecond;
        return new SuiteResult
        {
            Name = "postgres",
            Title = "PostgreSQL",
            Machine = machine,
            Criteria =
            [
                Criterion.AtLeast("durable PUT / pgbench upsert and insert", Rate(Put) / Rate(Upsert), 1),
                Criterion.AtLeast("GET / pgbench select by key", Rate(Get) / Rate(Select), 0.5),
                Criterion.AtLeast("PUT in 8 workspaces / in one", Rate(IdOf((1, 8))) / Rate(IdOf((1, 1))), 2),
            ],
            Load = [.. load.Values],
            Notes =
            [
                .. Shapes.Select(shape =>
                    $"{shape.Nodes} nodes, {shape.Workspaces} workspaces: "
                    + $"{SuiteReport.Short(Rate(IdOf(shape)) / Rate(IdOf((1, 1))))} of one node and one workspace."),
            ],
            Method =
            [
                .. SuiteMethod.Lines(plan),
                "PostgreSQL: its defaults (fsync and full_page_writes on, synchronous_commit on), but shared_buffers "
                    + "512 MB and max_wal_size 4 GB. pgbench: `-M simple -j 2`, as many clients as wrk's connections.",
                "Several workspaces: connections are shared out evenly over a key of each; several nodes: as many "
                    + "processes of wrk. Processor time and bytes are those of the first node alone; PostgreSQL's own "
                    + "processes are not in them. All share the same cores: more nodes cannot be faster than the cores "
                    + "allow.",
            ],
        };
    }

    static string IdOf((int Nodes, int Workspaces) shape) =>
        string.Create(CultureInfo.InvariantCulture, $"put_{shape.Nodes}_nodes_{shape.Workspaces}_workspaces");

    /// <summary>Every node gets its part of the connections, and all of the workspaces.</summary>
    static async Task<LoadFigures> PutAsync(
        Suite suite, BatonTarget[] nodes, string[] keys, TimeSpan duration, CancellationToken cancellation)
    {
        var wrk = suite.Wrk.As(string.Join(',', keys));
        var runs = await Task.WhenAll(nodes.Select(node => wrk.RunAsync(
            "stash-put.lua", node.Url, duration, cancellation, suite.Plan.ConnectionCount / nodes.Length)));
        return new LoadFigures(
            runs.Sum(run => run.RequestsPerSecond), runs.Sum(run => run.Requests),
            Median.Of(runs.Select(run => run.MedianMs)), runs.Max(run => run.P99Ms), runs.Average(run => run.AnswerBytes));
    }

    static async Task<string[]> MakeWorkspacesAsync(
        Suite suite, BatonTarget baton, int count, CancellationToken cancellation)
    {
        var keys = new string[count];
        for (var number = 0; number < count; number++)
        {
            var answer = await StashRequests.JsonAsync(
                baton.Url, suite.Key, "POST", "/workspaces", $$"""{"name":"bench-{{number}}"}""", cancellation);
            keys[number] = JsonElement.Parse(answer.Body).GetProperty("key").GetString()!;
        }

        return keys;
    }
}
