using System.Diagnostics.CodeAnalysis;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Records.Lifetimes;

/// <summary>Deletes a record: `store.delete`, `state.delete`.</summary>
internal sealed class DeleteRecord(RecordRequest request) : Operation
{
    public const string Verb = "delete";

    readonly RecordAddress _address = RecordAddress.Of(request);

    public override string Name => RecordSpace.Of(_address.Namespace).Action(Verb);

    public override string Resource => Key.Resource;

    public Precondition Precondition { get; init; } = Precondition.None;

    RecordKey Key => _address.In(Actor.WorkspaceId);

    public static OperationSpec SpecOf<
        [DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest>(RecordSpace space)
        where TRequest : RecordRequest => new OperationSpec<TRequest, Deleted>(
        space.Action(Verb), "Deletes a record.",
        (request, context) => new DeleteRecord(request)
        {
            Actor = context.Actor,
            Precondition = context.Precondition,
        })
        {
            Description = """
            The ledger keeps that it was there, never what it held. A re-creation goes on with the next version. Without
            a key this is a 405: a whole namespace is emptied with `clear` only.
            """,
            IsForTransactions = true,
            Resource = (request, _) => RecordAddress.ResourceOf(request),
            Done = "The record is deleted.",
            HasVersion = true,
            Errors = [ErrorCodes.StoreNotFound, ErrorCodes.VersionMismatch],
        };

    public override void Reads(ReadSet reads) => RecordWriter.Read(reads, Key);

    public override Decision Decide(UnitOfWork work)
    {
        var live = RecordWriter.FindLive(work, Key);
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        if (live is null) return StoreFailures.NotFound(Key);
        var tombstone = RecordWriter.Erase(work, Actor, Name, live);
        return new Effect(new Deleted { Version = tombstone.Version }, tombstone.Version);
    }
}
