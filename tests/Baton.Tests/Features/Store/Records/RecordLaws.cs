using System.Text;
using System.Text.Json;
using Baton.Contracts.Store;
using Baton.Server.Features.Store;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Operations;
using Baton.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Features.Store.Records;

/// <summary>Operations on records, in random sequences and batches, are decided as the model does.</summary>
public sealed class RecordLaws
{
    static readonly BatonOptions s_options = new() { RecordBytes = 70_000, WorkspaceBytes = 150_000 };
    static readonly string[] s_keys = ["a", "b", "c"];

    static readonly Gen<string> s_text = Gen.Frequency(
        (12, Laws.TextOf("xy").Resize(8)),
        // Those are changed while they are prepared.
        (1, Gen.Choose(65_500, 69_980).Select(length => new string('x', length))));

    [Fact]
    public void Sequences_OfOperations_AreDecidedAsByTheModel() =>
        Run.Hold(Requests(), [1, 30, 61, 31 * 24 * 3600], () => new Run());

    static Gen<RecordRequest> Requests() =>
        from verb in Gen.Frequency(
            (6, Gen.Constant("set")), (4, Gen.Constant("increment")), (4, Gen.Constant("merge")),
            (3, Gen.Constant("delete")), (1, Gen.Constant("clear")), (2, Gen.Constant("set_many")))
        from @namespace in Gen.Elements("one", "one", "two")
        from key in Gen.Elements(s_keys)
        from more in Gen.Elements(true, false).ListOf(s_keys.Length)
        from text in s_text
        from number in Gen.Choose(-9, 9)
        from isObject in Gen.Elements(true, true, false)
        from hasInit in Gen.Elements(true, false)
        from metadata in Gen.Elements<long?>(null, 1, 100)
        from ttl in Gen.Elements<long?>(null, null, 1, 60)
        from condition in Run.Conditions
        select new RecordRequest(verb, @namespace, key)
        {
            Json = verb == "increment" || (!isObject && verb != "merge") ? $"{number}" : $$"""{"s":"{{text}}"}""",
            Init = hasInit && verb == "increment" ? """{"n":1}""" : null,
            Metadata = verb is "set" or "set_many" ? metadata : null,
            Ttl = ttl,
            More = verb == "set_many" ? [.. s_keys.Zip(more)] : [],
            If = condition,
        };

    sealed class Run : LaneRun<RecordRequest>
    {
        readonly RecordModel _model = new(s_options.RecordBytes, s_options.WorkspaceBytes);
        readonly StoreFeature _store;

        public Run()
            : base(s_options) => _store = Lane.Features.Store;

        protected override RecordRequest Complete(RecordRequest request) =>
            request with { IfVersion = Asked(request.If, _model.VersionOf(request.Namespace, request.Key, Lane.Now)) };

        protected override Operation Make(RecordRequest request) => request.Verb switch
        {
            "clear" => new ClearNamespace(request.Namespace) { Actor = Lane.Actor },
            "set_many" => new SetRecords(_store.Writer, ManyOf(request))
            {
                Actor = Lane.Actor,
            },
            _ => Lane.Make(MembersOf(request)),
        };

        protected override string Apply(RecordRequest request, Decided decided) => _model.Apply(request, Lane.Now);

        protected override string Happen(DueRow item) =>
            _model.Happen(item.DueAt, item.Kind, item.Resource, Lane.Now);

        static SetRecordsRequest ManyOf(RecordRequest request) => new()
        {
            Namespace = request.Namespace,
            Set = request.More.Where(item => !item.IsDeleted)
                .ToDictionary(item => item.Key, _ => JsonElement.Parse(request.Json)),
            Delete = [.. request.More.Where(item => item.IsDeleted).Select(item => item.Key)],
            Ttl = request.Ttl,
            Metadata = MetadataOf(request),
        };

        static Dictionary<string, object?> MembersOf(RecordRequest request)
        {
            var members = new Dictionary<string, object?>
            {
                ["op"] = request.Verb is "set" or "delete" ? "store." + request.Verb : "store.patch",
                ["namespace"] = request.Namespace,
                ["key"] = request.Key,
                ["if_version"] = request.IfVersion,
            };
            switch (request.Verb)
            {
                case "set":
                    members["value"] = JsonElement.Parse(request.Json);
                    members["ttl"] = request.Ttl;
                    members["metadata"] = MetadataOf(request);
                    break;
                case "merge":
                    members["merge"] = JsonElement.Parse(request.Json);
                    break;
                case "increment":
                    members["increment"] = new Dictionary<string, JsonElement>
                    {
                        ["/n"] = JsonElement.Parse(request.Json),
                    };
                    members["init"] = request.Init is { } init ? JsonElement.Parse(init) : null;
                    break;
            }

            return members;
        }

        static JsonElement? MetadataOf(RecordRequest request) =>
            request.Metadata is { } number ? JsonElement.Parse($$"""{"m":{{number}}}""") : null;

        /// <summary>The rows, their counts and what is due are those of the model.</summary>
        protected override void Compare()
        {
            Assert.Equal(
                _model.Due.Order(StringComparer.Ordinal),
                Lane.Due.Select(item => $"{item.DueAt} {item.Kind} {item.Resource}").Order(StringComparer.Ordinal));
            Assert.Equal(_model.Bytes, Lane.WorkspaceRow.Bytes);
            var rows = Lane.Rows.Of(RecordRow.Table).Rows.ToDictionary(row => (row.Namespace, row.Key));
            Assert.Equal(_model.All.Keys, rows.Keys.Order());
            foreach (var (id, thing) in _model.All)
            {
                var row = rows[id];
                Assert.Equal(
                    (thing.Version, thing.Json ?? "", thing.Metadata, thing.ExpiresAt, thing.DeletedAt),
                    (row.Version, Encoding.UTF8.GetString(row.Value), TextOf(row.Metadata), row.ExpiresAt,
                        row.DeletedAt));
            }

            var counts = _model.All.GroupBy(pair => pair.Key.Namespace, pair => pair.Value).ToDictionary(
                group => group.Key, group => (
                    (long)group.Count(thing => thing.IsCounted),
                    group.Sum(thing => thing.IsCounted ? (long)thing.Json!.Length : 0),
                    group.Sum(thing => thing.IsCounted ? thing.Held : 0), (long)group.Count()));
            Assert.Equal(counts, Lane.Rows.Of(NamespaceRow.Table).Rows.ToDictionary(
                row => row.Namespace, row => (row.Records, row.Bytes, row.HeldBytes, row.StoredRows)));
        }

        static string? TextOf(byte[]? json) => json is null ? null : Encoding.UTF8.GetString(json);
    }
}
