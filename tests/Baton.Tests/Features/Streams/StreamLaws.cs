using Baton.Contracts.Streams;
using Baton.Server.Features.Streams;
using Baton.Server.Features.Streams.Cursors;
using Baton.Server.Features.Streams.Entries;
using Baton.Server.Features.Streams.Lifetimes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Operations;
using Baton.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Features.Streams;

/// <summary>Operations on streams, in random sequences and batches, are decided as the model does.</summary>
public sealed class StreamLaws
{
    static readonly BatonOptions s_options = new() { WorkspaceBytes = 2500 };

    [Fact]
    public void Sequences_OfOperations_AreDecidedAsByTheModel() =>
        Run.Hold(Requests(), [1, 10, 61, 3600], () => new Run());

    static Gen<StreamRequest> Requests() =>
        from verb in Gen.Frequency(
            (3, Gen.Constant("create")), (8, Gen.Constant("append")), (1, Gen.Constant("extend")),
            (1, Gen.Constant("delete")), (2, Gen.Constant("set_cursor")), (1, Gen.Constant("remove_cursor")))
        from name in Gen.Elements("one", "two")
        from ttl in Gen.Elements<long?>(null, null, 30, 120)
        from max in Gen.Elements<long?>(null, 3)
        from isPruning in Gen.Elements(true, false)
        from retention in Gen.Elements<long?>(null, 10, 40)
        from renews in Gen.Elements(true, false)
        from createsIfMissing in Gen.Elements(true, false)
        from count in Gen.Choose(1, 4)
        from size in Gen.Choose(2, 20)
        from consumer in Gen.Elements("reader", "writer")
        from condition in Run.Conditions
        select new StreamRequest(verb, name)
        {
            Ttl = ttl,
            Max = max,
            IsPruning = isPruning && max is not null,
            Retention = retention,
            Renews = renews && ttl is not null,
            CreatesIfMissing = createsIfMissing,
            Count = count,
            Size = size,
            Consumer = consumer,
            If = condition,
        };

    sealed class Run : LaneRun<StreamRequest>
    {
        readonly StreamModel _model = new(s_options.WorkspaceBytes);
        readonly StreamFeature _streams;

        public Run()
            : base(s_options) => _streams = Lane.Features.Streams;

        protected override StreamRequest Complete(StreamRequest request) => request with
        {
            IfVersion = Asked(request.If, _model.VersionOf(request.Name, Lane.Now)),
            StreamId = _model.Names.GetValueOrDefault(request.Name, "str_none"),
        };

        protected override Operation Make(StreamRequest request)
        {
            return request.Verb switch
            {
                "create" => Lane.Make(new
                {
                    op = CreateStream.Action,
                    name = request.Name,
                    ttl = request.Ttl,
                    max_entries = request.Max,
                    overflow = request.Max is null ? null : request.IsPruning ? "prune" : "reject",
                    retention_seconds = request.Retention,
                    renew_on_access = request.Renews,
                    create_if_missing = request.CreatesIfMissing,
                }),
                "append" => new AppendToStream(
                    _streams, new AppendToStreamRequest { Stream = request.Name, Data = default, Entries = EntriesOf(request) })
                {
                    Actor = Lane.Actor,
                    Precondition = Precondition.OfVersion(request.IfVersion, new InputErrors()),
                },
                "extend" => Lane.Make(new
                {
                    op = ExtendStream.Action,
                    stream = request.Name,
                    extra_time = request.Count,
                    if_version = request.IfVersion,
                }),
                "delete" => Lane.Make(new
                {
                    op = DeleteStream.Action,
                    stream = request.Name,
                    if_version = request.IfVersion,
                }),
                "set_cursor" => new SetCursor(_streams, new SetCursorRequest
                {
                    Stream = request.StreamId,
                    Consumer = request.Consumer,
                    EntryId = request.Count,
                })
                {
                    Actor = Lane.Actor,
                },
                _ => new RemoveCursor(
                    _streams, new RemoveCursorRequest { Stream = request.StreamId, Consumer = request.Consumer })
                {
                    Actor = Lane.Actor,
                },
            };
        }

        protected override string Apply(StreamRequest request, Decided decided) => _model.Apply(
            request, (decided.Outcome.Value?.Answer as StreamInfo)?.StreamId, Lane.Now);

        protected override string Happen(DueRow item) => _model.Happen(item.Kind, item.Resource, Lane.Now);

        /// <summary>The rows, the entries, what is due and what is counted are those of the model.</summary>
        protected override void Compare()
        {
            Assert.Equal(
                _model.Due.Order(StringComparer.Ordinal),
                Lane.Due.Select(item => $"{item.DueAt} {item.Kind} {item.Resource}").Order(StringComparer.Ordinal));
            Assert.Equal(_model.Bytes, Lane.WorkspaceRow.Bytes);
            Assert.Equal(
                _model.Names.Select(pair => (pair.Key, pair.Value)).Order(),
                Lane.Rows.Of(StreamNameRow.Table).Rows.Select(row => (row.Name, row.StreamId)).Order());
            var rows = Lane.Rows.Of(StreamRow.Table).Rows.ToDictionary(row => row.StreamId);
            Assert.Equal(_model.All.Keys, rows.Keys.Order(StringComparer.Ordinal));
            foreach (var (id, log) in _model.All)
            {
                var row = rows[id];
                Assert.Equal(
                    (log.Version, log.First, log.Last, (long)log.Cursors.Count, log.DeletedAt),
                    (row.Version, row.FirstEntry, row.LastEntry, row.Consumers, row.DeletedAt));
            }

            Assert.Equal(
                _model.All.Values.SelectMany(
                    log => log.Stored.Select(entry => (log.Id, entry.Id, entry.At, entry.Size))).Order(),
                Lane.Rows.Of(StreamEntryRow.Table).Rows.Select(
                    row => (row.StreamId, row.EntryId, row.CreatedAt, row.Data.Length)).Order());
            Assert.Equal(
                _model.All.Values.SelectMany(
                    log => log.Cursors.Select(cursor => (log.Id, cursor.Key, cursor.Value))).Order(),
                Lane.Rows.Of(StreamCursorRow.Table).Rows.Select(
                    row => (row.StreamId, row.Consumer, row.EntryId)).Order());
        }

        static byte[] EntriesOf(StreamRequest request)
        {
            var entry = $$"""{"data":"{{new string('x', request.Size - 2)}}"}""";
            return System.Text.Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(entry, request.Count))}]");
        }
    }
}
