using Baton.Contracts.Errors;
using Baton.Contracts.Ledger;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Streams;

/// <summary>Creates a stream: `stream.create`.</summary>
internal sealed class CreateStream(StreamFeature streams, CreateStreamRequest request, string streamId) : Operation
{
    public const string Action = "stream.create";

    public override string Name => Action;

    public override string Resource => Stream.ResourceOf(streamId);

    public static OperationSpec SpecOf(StreamFeature streams) => new OperationSpec<CreateStreamRequest, StreamInfo>(
        Action, "Creates a stream: agents append to it and read it.",
        (request, context) => new CreateStream(streams, request, streams.Ids.Next(Stream.IdPrefix))
        {
            Actor = context.Actor,
        })
    {
        Description = """
            A name is taken while its stream lives: 409, or, with `create_if_missing`, 200 with the stream that is
            there; then `differs` names the settings that it has otherwise.
            """,
        IsForTransactions = true,
        Created = "The stream was created.",
        Done = "It was there; nothing has changed.",
        HasVersion = true,
        Errors = [ErrorCodes.StreamExists, ErrorCodes.SchemaNotFound, ErrorCodes.SchemaWrongTarget],
    };

    public override void Validate(InputErrors errors)
    {
        if (request is { Overflow: not null, MaxEntries: null })
            errors.Add("/overflow", "`overflow` says what happens at `max_entries`: give that as well.");
        if (request is { RenewOnAccess: true, Ttl: null })
            errors.Add("/renew_on_access", "`renew_on_access` renews the `ttl`: give that as well.");
    }

    public override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        if (request.SchemaId is not { } schemaId) return null;
        var schema = await streams.Schemas.ResolveAsync(
            Actor, Action, schemaId, StreamType.Name, cancellation);
        return Decision.OfAny(schema.Failure);
    }

    public override void Reads(ReadSet reads)
    {
        new StreamRef(Actor.WorkspaceId, request.Name).Read(reads);
        if (request.SchemaId is { } schemaId) streams.Schemas.Read(reads, Actor.WorkspaceId, schemaId);
    }

    public override Decision Decide(UnitOfWork work)
    {
        if (new StreamRef(Actor.WorkspaceId, request.Name).Find(work) is { } present)
        {
            return request.CreateIfMissing
                ? new Effect(present.ToInfo(Actor) with { Differs = [.. Differences(present)] }, present.Version)
                {
                    Seq = present.UpdatedSeq,
                }
                : new Failure(
                    ErrorCodes.StreamExists, $"The name {request.Name} belongs to the stream {present.StreamId}.");
        }

        BoundSchema? schema = null;
        if (request.SchemaId is { } schemaId)
        {
            // It may have been deleted since it was looked at.
            schema = streams.Schemas.Find(work, Actor.WorkspaceId, schemaId);
            if (schema is null) return SchemaFailures.NotFound(schemaId);
        }

        var seq = work.Record(Action, Resource, version: 1, DetailOf(request, schema));
        var row = NewRow(work.Now, seq, schema);
        streams.Writer.Put(work, before: null, row);
        work.Put(StreamNameRow.Table, new StreamNameRow(row.WorkspaceId, row.Name, row.StreamId));
        return new Effect(row.ToInfo(Actor), row.Version, Created: true);
    }

    StreamRow NewRow(long now, long seq, BoundSchema? schema) => new()
    {
        WorkspaceId = Actor.WorkspaceId,
        StreamId = streamId,
        Name = request.Name,
        Version = 1,
        TtlSeconds = request.Ttl,
        Discoverable = request.Discoverable ?? false,
        MaxEntries = request.MaxEntries,
        IsPruning = request.Overflow == "prune",
        RetentionSeconds = request.RetentionSeconds,
        RenewsOnAccess = request.RenewOnAccess ?? false,
        Schema = schema,
        LinkedStash = request.LinkedStash,
        CreatedAt = now,
        CreatedBy = Actor.Name,
        ExpiresAt = Life.EndOf(now, request.Ttl),
        DeletedAt = null,
        FirstEntry = 1,
        LastEntry = 0,
        StoredFrom = 1,
        Consumers = 0,
        RetainAt = null,
        EraseAt = null,
        CreatedSeq = seq,
        UpdatedSeq = seq,
    };

    /// <summary>
    /// The settings, as evidence of what was promised. A private schema is not there for all who may read of the
    /// stream.
    /// </summary>
    static byte[] DetailOf(CreateStreamRequest request, BoundSchema? schema)
    {
        var detail = new Detail().Add("name", request.Name);
        if (request.Ttl is { } ttl) detail.Add("ttl", ttl);
        if (request.Discoverable == true) detail.Add("discoverable", value: true);
        if (request.MaxEntries is { } max)
            detail.Add("max_entries", max).Add("overflow", Stream.OverflowName(request.Overflow == "prune"));
        if (request.RetentionSeconds is { } retention) detail.Add("retention_seconds", retention);
        if (request.RenewOnAccess == true) detail.Add("renew_on_access", value: true);
        if (schema?.IsPublic == true) detail.Add("schema_id", schema.SchemaId);
        if (request.LinkedStash is { } stash) detail.Add("linked_stash", stash);
        return detail.ToBytes();
    }

    /// <summary>The settings of the request that differ from those of the existing stream.</summary>
    IEnumerable<string> Differences(StreamRow row)
    {
        if (request.Ttl is { } ttl && ttl != row.TtlSeconds) yield return "ttl";
        if (request.Discoverable is { } discoverable && discoverable != row.Discoverable) yield return "discoverable";
        if (request.MaxEntries is { } max && max != row.MaxEntries) yield return "max_entries";
        if (request.Overflow is { } overflow && overflow != Stream.OverflowName(row.IsPruning)) yield return "overflow";
        if (request.RetentionSeconds is { } seconds && seconds != row.RetentionSeconds)
            yield return "retention_seconds";
        if (request.RenewOnAccess is { } renews && renews != row.RenewsOnAccess) yield return "renew_on_access";
        if (request.SchemaId is { } schemaId && schemaId != row.Schema?.SchemaId) yield return "schema_id";
        if (request.LinkedStash is { } stash && stash != row.LinkedStash) yield return "linked_stash";
    }
}
