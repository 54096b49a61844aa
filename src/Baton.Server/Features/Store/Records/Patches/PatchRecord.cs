using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Records.Patches;

/// <summary>
/// Changes the value of a record at some places, atomically: `store.patch`, `state.patch`. Small values are changed in
/// the lane. Large ones are changed while the operation is prepared, which counts only if the record still has the
/// value from which the change was made.
/// </summary>
internal sealed class PatchRecord(StoreFeature store, PatchRequest request) : Operation
{
    public const string Verb = "patch";

    /// <summary>
    /// The most bytes of a value in an answer that is kept for an Idempotency-Key. A larger answer is kept without its
    /// value.
    /// </summary>
    public const int MaxReplayBytes = 64 * 1024;

    readonly RecordAddress _address = RecordAddress.Of(request);
    readonly byte[] _salt = Commitment.NewSalt();
    RecordEdit? _edit;
    int _editBytes;

    // What was prepared: the new value, or why there is none. A failure too is answered only by the lane, after it has
    // looked whether the request was answered before.
    Outcome<RecordValue>? _prepared;
    byte[] _preparedFrom = [];

    // The record that the lane has found, and for which nothing was prepared. In a transaction an operation before this
    // one may have written it. Null: the lane has found none. An array with a null: the record does not exist.
    RecordRow?[]? _seen;

    public override string Name => RecordSpace.Of(_address.Namespace).Action(Verb);

    public override string Resource => Key.Resource;

    public override Contention Contention => new(ErrorCodes.StoreContended, [Resource]);

    public override Weight Weight => new(Bytes: _editBytes, Rows: 1);

    public Precondition Precondition { get; init; } = Precondition.None;

    RecordKey Key => _address.In(Actor.WorkspaceId);

    public static OperationSpec SpecOf<
        [DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest>(StoreFeature store, RecordSpace space)
        where TRequest : PatchRequest => new OperationSpec<TRequest, StoredRecord>(
        space.Action(Verb), "Changes a record at the places that are named, atomically, and answers all of it.",
        (request, context) => new PatchRecord(store, request)
        {
            Actor = context.Actor,
            Precondition = context.Precondition,
        })
        {
            Description = """
            With `application/merge-patch+json` the body is merged (RFC 7396). With `application/json` it names changes
            by JSON pointers (RFC 6901): `set`, then `increment`, then `append`; `""` is the whole value. Numbers are
            added as decimals, never rounded: integers of any size, and fractions with as many places as the operand
            that has more. A member that is absent counts as 0 or as an empty array. Expiry and metadata stay.
            """,
            IsForTransactions = true,
            Resource = (request, _) => RecordAddress.ResourceOf(request),
            BodyLimit = options => options.RecordBytes,
            Created = "The record was created from `init`.",
            Done = "The record has a new version.",
            HasVersion = true,
            MakesWhatIsAbsent = true,
            Errors =
        [
            ErrorCodes.StoreNotFound, ErrorCodes.StoreTypeMismatch, ErrorCodes.StoreTooLarge,
            ErrorCodes.StoreContended, ErrorCodes.VersionMismatch, ErrorCodes.WorkspaceFull,
        ],
        };

    public override void Validate(InputErrors errors) => (_edit, _editBytes) = EditOf(errors);

    /// <summary>
    /// Makes the value outside the lane, if the lane has found it to be too large to be made there. Most values are
    /// small, and are made in the lane from what it has in its hands.
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

    /// <summary>The new value, or why it cannot be made. Null: it has to be prepared.</summary>
    Outcome<RecordValue>? Next(RecordRow? live)
    {
        if (IsForLane(live)) return Apply(live);
        if (_prepared is { } prepared && SaltOf(live).AsSpan().SequenceEqual(_preparedFrom)) return prepared;
        _seen = [live];
        return null;
    }

    /// <summary>What names a value. Every version has another salt, also one that was never committed.</summary>
    static byte[] SaltOf(RecordRow? live) => live?.Salt ?? [];

    Outcome<RecordValue> Apply(RecordRow? live)
    {
        var json = _edit!.Apply(live?.Value);
        if (json.Failure is { } failure)
            return ReferenceEquals(failure.Code, ErrorCodes.StoreNotFound) ? StoreFailures.NotFound(Key) : failure;
        return json.Value!.Length > store.Options.MaxBytes
            ? StoreFailures.TooLarge(json.Value.Length, store.Options.MaxBytes)
            : RecordValue.Of(json.Value, _salt);
    }

    bool IsForLane(RecordRow? live) => (live?.Size ?? 0) + _editBytes <= StoreOptions.MaxLaneBytes;

    (RecordEdit Edit, int Bytes) EditOf(InputErrors errors)
    {
        if (request.MergePatch is { } patch)
        {
            if (JsonValues.Check(patch) is { } fault)
                errors.Add(ErrorCodes.RequestInvalidJson, "/merge_patch" + fault.Pointer, fault.Message);
            return (new MergeEdit(patch), patch.Length);
        }

        if (request.Merge is { } merge) return MergeOf(merge, errors);
        var changes = new PointerChanges
        {
            Set = request.Set,
            Increment = request.Increment,
            Append = request.Append,
            Init = request.Init,
        };
        return (PointerEdit.Of(changes, errors), changes.Bytes);
    }

    (RecordEdit Edit, int Bytes) MergeOf(JsonElement merge, InputErrors errors)
    {
        if ((request.Set ?? request.Increment ?? request.Append) is not null || request.Init is not null)
            errors.Add("/merge", "`merge` is all of a change: it goes with none of the others.");
        var patch = JsonMarshal.GetRawUtf8Value(merge).ToArray();
        if (patch.Length > store.Options.MaxBytes)
            errors.Add(
                ErrorCodes.StoreTooLarge, "/merge",
                $"The value has {patch.Length} bytes; {store.Options.MaxBytes} is the most.");
        else if (JsonValues.Check(patch) is { } fault)
            errors.Add(ErrorCodes.RequestInvalidJson, "/merge" + fault.Pointer, fault.Message);
        return (new MergeEdit(patch), patch.Length);
    }
}
