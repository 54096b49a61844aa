using System.Text;
using System.Text.Json;
using Baton.Contracts.Store;
using Baton.Server.Features.Store;
using Baton.Server.Features.Store.Claims;
using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Operations;
using Baton.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Features.Store.Claims;

/// <summary>Claims, and what others do to the records meanwhile, are decided as the model does.</summary>
public sealed class ClaimLaws
{
    const string Namespace = "jobs";

    static readonly string[] s_texts = ["new", "done", "busy"];

    [Fact]
    public void Sequences_OfOperations_AreDecidedAsByTheModel() =>
        Run.Hold(Requests(), [1, 10, 61, 31 * 24 * 3600], () => new Run());

    static Gen<ClaimAsked> Requests() =>
        from verb in Gen.Frequency(
            (6, Gen.Constant("set")), (2, Gen.Constant("patch")), (1, Gen.Constant("delete")),
            (8, Gen.Constant("claim")), (2, Gen.Constant("renew")), (3, Gen.Constant("complete")),
            (3, Gen.Constant("release")))
        from clears in Gen.Choose(0, 40)
        from key in Gen.Elements("a", "b", "c", "d", "e", "f", "g", "h")
        from text in Gen.Elements(s_texts)
        from isLeft in Gen.Elements(true, false)
        from number in Gen.Choose(0, 9)
        from isSpaced in Gen.Elements(true, false)
        from ttl in Gen.Elements<long?>(null, null, 5, 60)
        from match in Gen.Elements(null, "new")
        from limit in Gen.Choose(1, 3)
        from lease in Gen.Elements(5L, 60)
        from nth in Gen.Choose(0, 4)
        from counter in Gen.Elements(null, null, "a", "b")
        select new ClaimAsked(clears == 0 ? "clear" : verb, key)
        {
            Text = verb is "set" or "patch" || !isLeft ? text : null,
            Number = number,
            IsSpaced = isSpaced,
            Ttl = ttl,
            Match = match,
            Limit = limit,
            Lease = lease,
            Nth = nth,
            Counter = counter,
        };

    sealed class Run : LaneRun<ClaimAsked>
    {
        readonly ClaimModel _model = new();
        readonly List<string> _ids = [];
        readonly HashSet<string> _toBuild = [];
        readonly StoreFeature _store;

        public Run()
            : base(new BatonOptions()) => _store = Lane.Features.Store;

        protected override ClaimAsked Complete(ClaimAsked request) => request with
        {
            ClaimId = _ids.Count == 0 ? "clm_none" : _ids[Math.Max(_ids.Count - 1 - request.Nth, 0)],
        };

        protected override Operation Make(ClaimAsked request)
        {
            var errors = new InputErrors();
            Operation operation = request.Verb switch
            {
                "set" => Lane.Make(SetOf(request)),
                "patch" => Lane.Make(new
                {
                    op = "store.patch",
                    @namespace = Namespace,
                    key = request.Key,
                    set = new Dictionary<string, object> { ["/s"] = request.Text!, ["/n"] = request.Number },
                }),
                "delete" => Lane.Make(new { op = "store.delete", @namespace = Namespace, key = request.Key }),
                "clear" => new ClearNamespace(Namespace) { Actor = Lane.Actor },
                "claim" => new ClaimRecords(_store, ClaimWish.Of(Namespace, new ClaimRequest
                {
                    Match = MatchOf(request.Match),
                    Set = request.Text is { } text ? Members("/s", JsonOf(text)) : null,
                    LeaseSeconds = request.Lease,
                    Limit = request.Limit,
                }, errors))
                {
                    Actor = Lane.Actor,
                },
                "renew" => new RenewClaim(
                    new RenewClaimRequest { ClaimId = request.ClaimId, LeaseSeconds = request.Lease })
                {
                    Actor = Lane.Actor,
                },
                "complete" => new CompleteClaim(
                    _store, request.ClaimId, request.Text is { } done
                        ? ClaimWish.EditOf(Members("/s", JsonOf(done)), errors)
                        : null,
                    CounterChange.Of(CounterOf(request.Counter), errors))
                {
                    Actor = Lane.Actor,
                },
                _ => new ReleaseClaim(_store, request.ClaimId) { Actor = Lane.Actor },
            };
            Assert.False(errors.Any);
            return operation;
        }

        protected override string Apply(ClaimAsked request, Decided decided)
        {
            var claimed = (decided.Outcome.Value?.Answer as RecordsClaimed)?.Items ?? [];
            _ids.AddRange(claimed.Select(item => item.ClaimId));
            var told = _model.Apply(request, [.. claimed.Select(item => item.ClaimId)], Lane.Now);
            if (told == "store.index_building") _toBuild.Add(request.Match ?? "");
            return told;
        }

        protected override string Happen(DueRow item) =>
            _model.Happen(item.DueAt, item.Kind, item.Resource, Lane.Now);

        /// <summary>Records, who holds them and until when, and what can be claimed are the model's.</summary>
        protected override void Compare()
        {
            foreach (var match in _toBuild) Build(match.Length == 0 ? null : match);
            _toBuild.Clear();
            var rows = Lane.Rows.Of(RecordRow.Table).Rows.ToDictionary(row => row.Key);
            Assert.Equal(_model.All.Keys, rows.Keys.Order(StringComparer.Ordinal));
            foreach (var (key, thing) in _model.All)
            {
                var row = rows[key];
                Assert.Equal(
                    (thing.Version, thing.ExpiresAt, thing.DeletedAt, thing.ClaimId),
                    (row.Version, row.ExpiresAt, row.DeletedAt, row.ClaimId));
                if (thing.Value is { } value) CompareValue(value, Encoding.UTF8.GetString(row.Value));
            }

            Assert.Equal(
                _model.Claims.Select(pair => (pair.Key, pair.Value.Key, pair.Value.LeaseUntil)).Order(),
                Lane.Rows.Of(ClaimRow.Table).Rows.Select(row => (row.ClaimId, row.Key, row.Lease.Until)).Order());
            Assert.Equal(
                _model.Claims.Select(pair => (pair.Key, pair.Value.LeaseUntil)).Order(),
                Lane.Due.Where(item => item.Kind == ExpireLease.Kind).Select(item => (item.Resource, item.DueAt))
                    .Order());
            foreach (var shape in Lane.Rows.Of(NamespaceRow.Table).Rows.SelectMany(row => row.Shapes.All))
                CompareIndex(shape);
        }

        static void CompareValue(ClaimModel.Value value, string json)
        {
            if (value.IsSpaced) Assert.Equal(value.ToJson(), json);
            var members = JsonElement.Parse(json);
            Assert.Equal(
                (value.S, value.N), (members.GetProperty("s").GetString(), members.GetProperty("n").GetInt32()));
        }

        void CompareIndex(ClaimShape shape)
        {
            var match = shape.Pointers.Count == 0 ? null : "new";
            var wish = ClaimMatch.Of("", MatchOf(match), new InputErrors());
            Assert.Equal(
                _model.Claimable(match),
                Lane.Rows.Of(ClaimableRow.Table).Rows.Select(row => row.Id)
                    .Where(place => place.Shape == shape.Number && place.Matched == wish.Matched)
                    .OrderBy(place => place.CreatedSeq).Select(place => place.Key));
        }

        void Build(string? match)
        {
            var namespaceKey = new NamespaceKey(MemoryLane.Workspace, Namespace);
            var wish = ClaimMatch.Of("", MatchOf(match), new InputErrors());
            Lane.Decide(new AddClaimShape(namespaceKey, wish) { Actor = Lane.Actor });
            for (var isDone = false; !isDone;)
            {
                var step = new BuildClaimIndex(Lane.Rows, _store.Finder, namespaceKey, wish) { Actor = Lane.Actor };
                isDone = Assert.Single(Lane.Decide(step)).Outcome.Value!.Operational is true;
            }

            _model.Build(match);
        }

        /// <summary>As a text, for the white space in it.</summary>
        static JsonElement SetOf(ClaimAsked request)
        {
            var value = new ClaimModel.Value(request.Text!, request.Number, request.IsSpaced).ToJson();
            var ttl = request.Ttl is { } seconds ? $"{seconds}" : "null";
            return JsonElement.Parse($$"""
                {"op":"store.set","namespace":"{{Namespace}}","key":"{{request.Key}}","ttl":{{ttl}},"value":{{value}}}
                """);
        }

        static Dictionary<string, JsonElement>? MatchOf(string? text) =>
            text is null ? null : Members("/s", JsonOf(text));

        static ClaimCounter? CounterOf(string? key) =>
            key is null ? null : new ClaimCounter { Key = key, Pointer = "/n", By = JsonElement.Parse("1") };

        static Dictionary<string, JsonElement> Members(string pointer, JsonElement value) =>
            new() { [pointer] = value };

        static JsonElement JsonOf(string text) => JsonElement.Parse($"\"{text}\"");
    }
}
