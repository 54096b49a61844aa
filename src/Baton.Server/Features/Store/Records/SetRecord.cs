using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Records;

/// <summary>Writes the whole value of a record: `store.set`, `state.set`.</summary>
internal sealed class SetRecord(StoreFeature store, SetRequest request) : Operation
{
    public const string Verb = "set";

    readonly RecordAddress _address = RecordAddress.Of(request);
    byte[] _json = [];
    byte[]? _metadata;
    RecordValue? _value;

    public override string Name => RecordSpace.Of(_address.Namespace).Action(Verb);

    public override string Resource => Key.Resource;

    public override Weight Weight => new(Bytes: _json.Length, Rows: 1);

    public Precondition Precondition { get; init; } = Precondition.None;

    RecordKey Key => _address.In(Actor.WorkspaceId);

    public static OperationSpec SpecOf<
        [DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest>(StoreFeature store, RecordSpace space)
        where TRequest : SetRequest => new OperationSpec<TRequest, RecordInfo>(
        space.Action(Verb), "Writes a record, creating it if it is absent.",
        (request, context) => new SetRecord(store, request)
        {
            Actor = context.Actor,
            Precondition = context.Precondition,
        })
        {
            Description = """
            The body is any JSON value, `null` too, and comes back byte for byte: digits of numbers, order of members,
            white space. An object with a member twice is a 400. A PUT without `ttl` removes the expiry; `metadata`
            stays, and is merged with what the request brings.
            """,
            IsForTransactions = true,
            Resource = (request, _) => RecordAddress.ResourceOf(request),
            Check = static (request, errors) =>
            {
                if (request.Metadata is { } metadata) RecordMetadata.Check(metadata, "/metadata", errors);
            },
            BodyLimit = options => options.RecordBytes,
            Created = "The record was created.",
            Done = "The record has a new version.",
            HasVersion = true,
            MakesWhatIsAbsent = true,
            Errors = [ErrorCodes.VersionMismatch, ErrorCodes.WorkspaceFull, ErrorCodes.StoreTooLarge],
        };

    public override void Validate(InputErrors errors)
    {
        // An edge that carries the value as it is has its own limit for it.
        var place = request.Json is null ? "/value" : "/json";
        _json = request.Json ?? JsonMarshal.GetRawUtf8Value(request.Value).ToArray();
        _metadata = request.Metadata is { } metadata ? JsonMarshal.GetRawUtf8Value(metadata).ToArray() : null;
        if (request.Json is null && _json.Length > store.Options.MaxBytes)
            errors.Add(
                ErrorCodes.StoreTooLarge, place,
                $"The value has {_json.Length} bytes; {store.Options.MaxBytes} is the most.");
        else if (JsonValues.Check(_json) is { } fault)
            errors.Add(ErrorCodes.RequestInvalidJson, place + fault.Pointer, fault.Message);
    }

    public override ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        // Once: what builds on it in a transaction knows it by its salt.
        _value ??= RecordValue.Of(_json, Commitment.NewSalt());
        return default;
    }

    public override void Reads(ReadSet reads) => RecordWriter.Read(reads, Key);

    public override Decision Decide(UnitOfWork work)
    {
        var live = RecordWriter.FindLive(work, Key);
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        var written = store.Writer.Write(work, Actor, Name, new RecordChangeRequest(Key, _value!)
        {
            TtlSeconds = request.Ttl,
            Metadata = _metadata,
        });
        if (written.Failure is { } failure) return failure;
        return new Effect(written.Value!.ToInfo(), written.Value.Version, Created: live is null);
    }
}
