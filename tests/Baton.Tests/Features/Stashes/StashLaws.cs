using System.Text;
using Baton.Server.Features.Stashes;
using Baton.Server.Features.Stashes.Lineages;
using Baton.Server.Features.Stashes.Versions;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Operations;
using Baton.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Features.Stashes;

/// <summary>Operations on stashes, in random sequences and batches, are decided as the model does.</summary>
public sealed class StashLaws
{
    static readonly BatonOptions s_options = new() { StashBytes = 70_000, StashVersions = 3, WorkspaceBytes = 150_000 };

    static readonly Gen<string> s_text = Gen.Frequency(
        (12, Laws.TextOf("ab").Resize(8)),
        // Those are rewritten while they are prepared.
        (1, Gen.Choose(65_500, 69_999).Select(length => new string('a', length))));

    [Fact]
    public void Sequences_OfOperations_AreDecidedAsByTheModel() =>
        Run.Hold(Requests(), [1, 30, 61, 31 * 24 * 3600], () => new Run());

    static Gen<StashRequest> Requests() =>
        from verb in Gen.Frequency(
            (4, Gen.Constant("put")), (3, Gen.Constant("append")), (3, Gen.Constant("replace")),
            (2, Gen.Constant("delete")))
        from name in Gen.Elements("one", "two")
        from text in verb == "replace" ? Gen.Elements("a", "b", "ab", "aa") : s_text
        from next in Gen.Elements("", "b", "aba")
        from all in Gen.Elements(true, false)
        from ttl in Gen.Elements<long?>(null, null, 1, 60)
        from condition in Run.Conditions
        select new StashRequest(verb, name, text) { New = next, All = all, Ttl = ttl, If = condition };

    sealed class Run : LaneRun<StashRequest>
    {
        readonly StashModel _model = new(s_options.StashBytes, s_options.StashVersions, s_options.WorkspaceBytes);

        public Run()
            : base(s_options)
        {
        }

        protected override StashRequest Complete(StashRequest request) =>
            request with { IfVersion = Asked(request.If, _model.VersionOf(request.Name, Lane.Now)) };

        protected override Operation Make(StashRequest request) => Lane.Make(JsonOf(request));

        protected override string Apply(StashRequest request, Decided decided) => _model.Apply(request, Lane.Now);

        protected override string Happen(DueRow item) =>
            item.Kind == ForgetLineage.Kind ? "ok" : _model.Happen(item.Resource, Lane.Now);

        static object JsonOf(StashRequest request) => request.Verb switch
        {
            "put" => new
            {
                op = PutStash.Action,
                name = request.Name,
                content = request.Text,
                ttl = request.Ttl,
                if_version = request.IfVersion,
            },
            "append" => new
            {
                op = "stash.append",
                name = request.Name,
                content = request.Text,
                if_version = request.IfVersion,
            },
            "replace" => new
            {
                op = "stash.replace",
                name = request.Name,
                old = request.Text,
                @new = request.New,
                all = request.All,
                if_version = request.IfVersion,
            },
            _ => new { op = "stash.delete", name = request.Name, if_version = request.IfVersion },
        };

        /// <summary>The rows, what is due and what is counted are those of the model.</summary>
        protected override void Compare()
        {
            Assert.Equal(_model.Bytes, Lane.WorkspaceRow.Bytes);
            Assert.Equal(
                _model.Due.Order(StringComparer.Ordinal),
                Lane.Due.Where(item => item.Kind != ForgetLineage.Kind)
                    .Select(item => $"{item.DueAt} {item.Kind} {item.Resource}").Order(StringComparer.Ordinal));
            var rows = Lane.Rows.Of(StashRow.Table).Rows.ToDictionary(row => row.Name);
            Assert.Equal(_model.All.Keys, rows.Keys.Order(StringComparer.Ordinal));
            foreach (var (name, thing) in _model.All)
            {
                var row = rows[name];
                Assert.Equal(
                    (thing.Version, thing.Content?.Length ?? 0, thing.ExpiresAt, thing.Content is null),
                    (row.Version, row.Size, row.ExpiresAt, row.DeletedAt is not null));
                var kept = StashHistory.Decode(row.History).Take((int)s_options.StashVersions).Select(ReadVersion);
                Assert.Equal(thing.Kept, kept);
            }

            // What nothing names any more is erased: of what has ended, everything.
            Assert.All(Lane.Rows.Of(StashVersionRow.Table).Rows, version => Assert.Contains(
                version.Seq, StashHistory.Decode(rows[version.Name].History).Select(entry => entry.Seq)));
        }

        string ReadVersion(HistoryEntry entry)
        {
            var key = new StashVersionKey(MemoryLane.Workspace, entry.Seq);
            return Encoding.UTF8.GetString(Lane.Rows.Of(StashVersionRow.Table).Find(key)!.Content);
        }
    }
}
