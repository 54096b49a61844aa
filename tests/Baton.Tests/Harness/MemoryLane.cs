using System.Text.Json;
using Baton.Contracts.Ledger;
using Baton.Server;
using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Records;
using Baton.Server.Features.Streams;
using Baton.Server.Features.Streams.Entries;
using Baton.Server.Platform;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Resources;
using Baton.ServerTests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Harness;

/// <summary>What became of an operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Outcome">Its effect, or why nothing has changed.</param>
/// <param name="Entries">Its ledger entries.</param>
internal sealed record Decided(Operation Operation, Outcome<Effect> Outcome, IReadOnlyList<LedgerEntry> Entries)
{
    /// <summary>`ok 3`, `created 1` or the code of its failure, and its entries: what a model can say of it as well.
    /// </summary>
    public string Told => string.Join(
        "; ",
        Entries.Select(entry => $"{entry.Action} {entry.Resource} {entry.Version}")
            .Prepend(Outcome.Failure is { } failure ? $"{failure.Code.Code} {failure.CurrentVersion}".TrimEnd()
                : $"{(Outcome.Value!.Created ? "created" : "ok")} {Outcome.Value.Version}".TrimEnd()));
}

/// <summary>
/// Deciding without a database: takes operations the way that the server does (prepare, name rows, decide, write), in
/// batches, over rows in memory and by a clock that stands still until it is moved. Nothing runs beside it: no thread,
/// no server, no file. The rows that were written, and what is due, stand in <see cref="Rows"/>.
/// </summary>
/// <remarks>This is the only class of the tests' harness that knows what is asked of an operation, and when.</remarks>
internal sealed class MemoryLane : IDisposable
{
    public const string Workspace = "w";

    const int MaxRounds = 1000;

    readonly TestTime _time = new();
    readonly Committer _committer;

    public MemoryLane(BatonOptions options, ResourceTypes? types = null)
    {
        types ??= BatonFeatures.Types;
        Server = new BatonServer(options, Rows, types, _time, NullLoggerFactory.Instance);
        Features = new BatonFeatures(Server, options, types, NullLoggerFactory.Instance);
        Server.Clock.Start(newestStored: 0);
        _committer = Server.NewCommitter(Rows);
        Rows.Of(WorkspaceRow.Table).Put(new WorkspaceRow(
            Workspace, Workspace, Now, HeadSeq: 0, new byte[32], HeadAt: 0, Bytes: 0, IdempotencyCount: 0));
        AnswerQueries();
    }

    /// <summary>The parts of a server that is not started.</summary>
    public BatonServer Server { get; }

    /// <summary>The features, which are made of them.</summary>
    public BatonFeatures Features { get; }

    public MemoryDatabase Rows { get; } = new();

    public Actor Actor { get; } = new(Workspace, "agent", "key", Role.Agent, Workspace);

    /// <summary>The lane's time.</summary>
    public long Now => Server.Clock.Now();

    public WorkspaceRow WorkspaceRow => Rows.Of(WorkspaceRow.Table).Find(Workspace)!;

    /// <summary>What is due and when, in order: `time kind resource`.</summary>
    public IEnumerable<DueRow> Due => Rows.Of(DueRow.Table).Rows
        .OrderBy(item => item.DueAt).ThenBy(item => item.Kind, StringComparer.Ordinal)
        .ThenBy(item => item.Resource, StringComparer.Ordinal);

    public void Pass(long seconds) => _time.Pass(TimeSpan.FromSeconds(seconds));

    /// <summary>The operation of a request in JSON, found by its name, as in a transaction.</summary>
    public Operation Make(object request) => Make(JsonSerializer.SerializeToElement(request));

    /// <summary>As <see cref="Make(object)"/>, byte for byte.</summary>
    public Operation Make(JsonElement json)
    {
        var (errors, kind) = (
            new InputErrors(), Server.Registrations.Operations.Find(json.GetProperty("op").GetString()!)!);
        var operation = kind.Make(json, Actor, errors);
        Assert.False(errors.Any, errors.Any ? errors.ToFailure().Detail : null);
        return operation!;
    }

    /// <summary>
    /// Decides operations in one batch; those that have to be prepared again, in batches after it. In the order in
    /// which they were decided. Of what failed nothing may have changed.
    /// </summary>
    public List<Decided> Decide(params IReadOnlyList<Operation> operations)
    {
        foreach (var operation in operations) Validate(operation);
        var decided = new List<Decided>();
        List<Operation> left = [.. operations];
        for (var round = 0; left.Count > 0; round++)
        {
            Assert.True(round < MaxRounds, "Operations are prepared again without an end.");
            var (head, again) = (WorkspaceRow.HeadSeq, new List<Operation>());
            foreach (var (operation, decision) in Commit(left))
            {
                if (decision.IsPrepareAgain) again.Add(operation);
                else decided.Add(new Decided(operation, decision.ToOutcome(), EntriesOf(decision, ref head)));
            }

            left = again;
        }

        return decided;
    }

    /// <summary>Does all that is due by now, one after the other, as the due worker would.</summary>
    public List<(DueRow Item, Decided Decided)> WorkOff()
    {
        var done = new List<(DueRow, Decided)>();
        while (Due.FirstOrDefault(item => item.DueAt <= Now) is { } item)
        {
            Assert.True(done.Count < MaxRounds, $"{item.Kind} of {item.Resource} is due again and again.");
            var decided = Assert.Single(Decide(Server.Registrations.DueKinds.Make(item)!));
            Assert.Null(decided.Outcome.Failure);
            Assert.DoesNotContain(item, Due);
            done.Add((item, decided));
        }

        return done;
    }

    public void Dispose() => Finished(Server.DisposeAsync().AsTask());

    static void Validate(Operation operation)
    {
        var errors = new InputErrors();
        operation.Validate(errors);
        Assert.False(errors.Any, errors.Any ? errors.ToFailure().Detail : null);
    }

    List<(Operation Operation, Decision Decision)> Commit(List<Operation> operations)
    {
        var results = new List<(Operation Operation, Decision Decision)>();
        var batch = new List<Submission>();
        foreach (var operation in operations)
        {
            if (Finished(operation.PrepareAsync(CancellationToken.None).AsTask()) is { } instead)
                results.Add((operation, instead));
            else batch.Add(new Submission(operation, traceId: null, idempotencyKey: null, CancellationToken.None));
        }

        Finished(_committer.CommitAsync(batch).AsTask());
        results.AddRange(batch.Select(submission => (submission.Operation, submission.Decision)));
        if (results.TrueForAll(result => result.Decision.Effect is null)) Assert.Empty(Rows.Changes);
        return results;
    }

    /// <summary>The entries from the head up to the commit that an effect names, which is the head from then on.
    /// </summary>
    List<LedgerEntry> EntriesOf(Decision decision, ref long head)
    {
        var entries = new List<LedgerEntry>();
        while (head < decision.Effect?.Seq)
        {
            var row = Rows.Of(LedgerRow.Table).Find(new LedgerKey(Workspace, ++head))!;
            Assert.True(LedgerEncoding.TryDecodeBody(row.Entry, out var entry));
            entries.Add(entry!);
        }

        return entries;
    }

    /// <summary>Nothing here waits for anything.</summary>
    static void Finished(Task task)
    {
        Assert.True(task.IsCompleted, "Something waits, though all is in memory.");
        task.GetAwaiter().GetResult();
    }

    static T Finished<T>(Task<T> task)
    {
        Finished((Task)task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>The queries that are more than plain ones, in words of the rows.</summary>
    void AnswerQueries()
    {
        Rows.Answer("SELECT size FROM store_record WHERE store_record.workspace_id", parameters =>
        {
            var range = new ClaimableRange(
                (string)parameters.ValueOf("@workspace_id")!, (string)parameters.ValueOf("@namespace")!,
                (long)parameters.ValueOf("@shape")!, (string)parameters.ValueOf("@matched")!,
                (long)parameters.ValueOf("@after")!);
            var answer = MemoryQuery.NewAnswer(columns: 3);
            foreach (var key in Rows.Of(ClaimableRow.Table).Rows.Select(row => row.Id).Where(range.Holds)
                .Order(range.Order).Take((int)(long)parameters.ValueOf("@limit")!))
                answer.Rows.Add(
                    key.CreatedSeq, key.Key,
                    Rows.Of(RecordRow.Table).Find(key.RecordKey)?.Size);
            return answer;
        });
        Rows.Answer("SELECT coalesce(sum(length(e.data)), 0) FROM stream s", parameters =>
        {
            var answer = MemoryQuery.NewAnswer(columns: 1);
            var key = new StreamKey(
                (string)parameters.ValueOf("@workspace_id")!, (string)parameters.ValueOf("@stream_id")!);
            var stream = Rows.Of(StreamRow.Table).Find(key);
            var to = stream is null ? 0
                : Math.Min(stream.FirstEntry, stream.StoredFrom + (long)parameters.ValueOf("@step")!);
            answer.Rows.Add(Rows.Of(StreamEntryRow.Table).Rows
                .Where(entry => entry.StreamId == key.StreamId && entry.EntryId >= stream?.StoredFrom
                    && entry.EntryId < to)
                .Sum(entry => (long)entry.Data.Length));
            return answer;
        });
    }
}
