using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Records;

/// <summary>
/// Changes a record's value in places, atomically: `store.patch`, `state.patch`. Small values are changed in the lane;
/// large ones while the operation is prepared, which counts if the record still has the version it came from.
/// </summary>
internal sealed class PatchRecord(StoreFeature store, RecordAddress address, RecordEdit edit, int bodyBytes) : Operation
{
    const string Verb = "patch";
    const string MergePatchType = "application/merge-patch+json";

    /// <summary>A larger answer is kept without its value for an Idempotency-Key.</summary>
    public const int MaxReplayBytes = 64 * 1024;

    readonly byte[] _salt = Commitment.NewSalt();

    // What came of the record at that version, a failure too: only the lane may answer it, after it has looked whether
    // the request was answered before.
    Outcome<RecordValue>? _prepared;
    byte[] _preparedFrom = [];

    // What the lane found that was not prepared for: in a transaction, what an operation before this one wrote. Null:
    // nothing was found; the record itself may be absent.
    RecordRow?[]? _seen;

    public override string Name => RecordSpace.Of(address.Namespace).Action(Verb);

    public override string Resource => Key.Resource;

    public override Contention Contention => new(ErrorCodes.StoreContended, [Resource]);

    public override Weight Weight => new(Bytes: bodyBytes, Rows: 1);

    public Precondition Precondition { get; init; } = Precondition.None;

    RecordKey Key => address.In(Actor.WorkspaceId);

    public static RouteSpec SpecOf(RecordSpace space) => new(
        space.Action(Verb), "Changes a record in places, atomically, and answers all of it.")
    {
        Description = """
            With `application/merge-patch+json` the body is merged (RFC 7396). With `application/json` it names changes
            by JSON pointers (RFC 6901): `set`, then `increment`, then `append`; `""` is the whole value. Numbers are
            added as decimals, never rounded: integers of any size, and fractions with as many places as the operand
            that has more. A member that is absent counts as 0 or as an empty array. Expiry and metadata stay.
            """,
        IsMutation = true,
        Resource = call => RecordAddress.ResourceOf(call, space),
        Path = [RecordAddress.NamespaceOf(space), RecordAddress.InPath],
        Query = [RecordAddress.InQuery],
        Headers = [StoreRoutes.IfMatch, StoreRoutes.IfNoneMatch],
        Body = BodySpec.Json<PatchRecordRequest>() with
        {
            Limit = options => options.RecordBytes,
            OtherContentType = MergePatchType,
        },
        Answers =
        [
            AnswerSpec.Json<StoredRecord>(201, "The record was created from `init`.", "Baton-Seq", "ETag"),
            AnswerSpec.Json<StoredRecord>(200, "The record has a new version.", "Baton-Seq", "ETag"),
        ],
        Errors =
        [
            ErrorCodes.StoreNotFound, ErrorCodes.StoreTypeMismatch, ErrorCodes.StoreTooLarge,
            ErrorCodes.StoreContended, ErrorCodes.VersionMismatch, ErrorCodes.WorkspaceFull,
        ],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StoreFeature store, RecordSpace space)
    {
        var address = RecordAddress.Read(call, space);
        var precondition = Precondition.Read(call.Http.Request, call.Errors);
        if (call.Errors.Any) return call.Errors.ToFailure();
        var edit = await ReadEditAsync(call);
        if (edit.Failure is { } failure) return failure;
        var (change, bodyBytes) = edit.Value!;
        return await call.CommitAsync(new PatchRecord(store, address, change, bodyBytes)
        {
            Actor = call.Actor,
            Precondition = precondition,
        });
    }

    static async ValueTask<Outcome<Tuple<RecordEdit, int>>> ReadEditAsync(HttpCall call)
    {
        if (JsonBodies.IsMedia(call.Http.Request.ContentType, MergePatchType))
        {
            var patch = await call.ReadJsonBytesAsync(MergePatchType);
            if (patch.Failure is { } unread) return unread;
            if (JsonValues.Check(patch.Value) is { } fault) return JsonValues.ToFailure(fault);
            return Tuple.Create<RecordEdit, int>(new MergeEdit(patch.Value!), patch.Value!.Length);
        }

        var body = await call.ReadJsonBytesAsync();
        if (body.Failure is { } failure) return failure;
        var request = JsonBodies.Parse<PatchRecordRequest>(body.Value!);
        if (request.Failure is { } malformed) return malformed;
        var edit = PointerEdit.Of(request.Value!, call.Errors);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return Tuple.Create<RecordEdit, int>(edit, body.Value!.Length);
    }

    /// <summary>
    /// Most are made in the lane, from what it has in its hands. What is too large for that it shows, and refuses.
    /// </summary>
    public override ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        if (_seen is not [var live]) return default;
        (_prepared, _preparedFrom) = (Apply(live), SaltOf(live));
        _seen = null;
        return default;
    }

    public override void Reads(ReadSet reads) => RecordWriter.Read(reads, Key);

    public override Decision Decide(UnitOfWork work)
    {
        var live = RecordWriter.FindLive(work, Key);
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        if (Next(live) is not { } value) return Decision.PrepareAgain;
        if (value.Failure is { } failure) return failure;
        var written = store.Writer.Write(
            work, Actor, Name, new RecordChangeRequest(Key, value.Value!) { KeepExpiry = true });
        if (written.Failure is { } refused) return refused;
        var record = written.Value!.ToRecord();
        return new Effect(record, record.Version, Created: live is null)
        {
            Replay = record.Size > MaxReplayBytes ? record with { Value = null } : null,
        };
    }

    /// <summary>The new value; null where it has to be prepared.</summary>
    Outcome<RecordValue>? Next(RecordRow? live)
    {
        if (IsForLane(live)) return Apply(live);
        if (_prepared is { } prepared && SaltOf(live).AsSpan().SequenceEqual(_preparedFrom)) return prepared;
        _seen = [live];
        return null;
    }

    /// <summary>Of every version another one, also of one that was never committed: it names the value.</summary>
    static byte[] SaltOf(RecordRow? live) => live?.Salt ?? [];

    Outcome<RecordValue> Apply(RecordRow? live)
    {
        var json = edit.Apply(live?.Value);
        if (json.Failure is { } failure)
            return ReferenceEquals(failure.Code, ErrorCodes.StoreNotFound) ? StoreFailures.NotFound(Key) : failure;
        return json.Value!.Length > store.Options.MaxBytes
            ? StoreFailures.TooLarge(json.Value.Length, store.Options.MaxBytes)
            : RecordValue.Of(json.Value, _salt);
    }

    bool IsForLane(RecordRow? live) => (live?.Size ?? 0) + bodyBytes <= StoreOptions.MaxLaneBytes;
}
