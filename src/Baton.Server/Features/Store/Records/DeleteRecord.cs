using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Records;

/// <summary>Deletes a record: `store.delete`, `state.delete`.</summary>
internal sealed class DeleteRecord(RecordAddress address) : Operation
{
    const string Verb = "delete";

    public override string Name => RecordSpace.Of(address.Namespace).Action(Verb);

    public override string Resource => Key.Resource;

    public Precondition Precondition { get; init; } = Precondition.None;

    RecordKey Key => address.In(Actor.WorkspaceId);

    public static RouteSpec SpecOf(RecordSpace space) => new(space.Action(Verb), "Deletes a record.")
    {
        Description = """
            The ledger keeps that it was there, never what it held. A re-creation goes on with the next version. Without
            a key this is a 405: a whole namespace is emptied with `clear` only.
            """,
        IsMutation = true,
        Resource = call => RecordAddress.ResourceOf(call, space),
        Path = [RecordAddress.NamespaceOf(space), RecordAddress.InPath],
        Query = [RecordAddress.InQuery],
        Headers = [StoreRoutes.IfMatch],
        Answers = [AnswerSpec.Json<Deleted>(200, "The record is deleted.", "Baton-Seq", "ETag")],
        Errors = [ErrorCodes.StoreNotFound, ErrorCodes.VersionMismatch],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, RecordSpace space)
    {
        var address = RecordAddress.Read(call, space);
        var precondition = Precondition.Read(call.Http.Request, call.Errors);
        return call.Errors.Any
            ? call.Errors.ToFailure()
            : await call.CommitAsync(new DeleteRecord(address) { Actor = call.Actor, Precondition = precondition });
    }

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
