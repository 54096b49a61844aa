using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Records;

/// <summary>Writes a record whole: `store.set`, `state.set`.</summary>
internal sealed class SetRecord(RecordWriter writer, RecordAddress address, byte[] json) : Operation
{
    const string Verb = "set";

    RecordValue? _value;

    public override string Name => RecordSpace.Of(address.Namespace).Action(Verb);

    public override string Resource => Key.Resource;

    public override Weight Weight => new(Bytes: json.Length, Rows: 1);

    public long? TtlSeconds { get; init; }

    /// <summary>A JSON object, known to be one; null for none.</summary>
    public byte[]? Metadata { get; init; }

    public Precondition Precondition { get; init; } = Precondition.None;

    RecordKey Key => address.In(Actor.WorkspaceId);

    public static RouteSpec SpecOf(RecordSpace space) => new(
        space.Action(Verb), "Writes a record, creating it if it is absent.")
    {
        Description = """
            The body is any JSON value, `null` too, and comes back byte for byte: digits of numbers, order of members,
            white space. An object with a member twice is a 400. A PUT without `ttl` removes the expiry; `metadata`
            stays, and is merged with what the request brings.
            """,
        IsMutation = true,
        Resource = call => RecordAddress.ResourceOf(call, space),
        Path = [RecordAddress.NamespaceOf(space), RecordAddress.InPath],
        Query =
        [
            RecordAddress.InQuery,
            StoreRoutes.Ttl,
            new(
                "metadata", "string",
                "A JSON object whose members replace those of the record's metadata; null takes one away."),
        ],
        Headers = [StoreRoutes.IfMatch, StoreRoutes.IfNoneMatch],
        Body = BodySpec.AnyJson(options => options.RecordBytes),
        Answers =
        [
            AnswerSpec.Json<RecordInfo>(201, "The record was created.", "Baton-Seq", "ETag"),
            AnswerSpec.Json<RecordInfo>(200, "The record has a new version.", "Baton-Seq", "ETag"),
        ],
        Errors =
        [
            ErrorCodes.RequestUnsupportedMediaType, ErrorCodes.RequestInvalidJson, ErrorCodes.VersionMismatch,
            ErrorCodes.WorkspaceFull, ErrorCodes.StoreTooLarge,
        ],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StoreFeature store, RecordSpace space)
    {
        var address = RecordAddress.Read(call, space);
        var ttl = call.Query.Integer("ttl", minimum: 1, StoreOptions.MaxTtlSeconds);
        var metadata = RecordMetadata.Read(call.Query.Text("metadata"), "query:metadata", call.Errors);
        var precondition = Precondition.Read(call.Http.Request, call.Errors);
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await call.ReadJsonBytesAsync();
        if (body.Failure is { } failure) return failure;
        if (JsonValues.Check(body.Value) is { } fault) return JsonValues.ToFailure(fault);
        return await call.CommitAsync(new SetRecord(store.Writer, address, body.Value!)
        {
            Actor = call.Actor,
            TtlSeconds = ttl,
            Metadata = metadata,
            Precondition = precondition,
        });
    }

    public override ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        // Once: what builds on it in a transaction knows it by its salt.
        _value ??= RecordValue.Of(json, Commitment.NewSalt());
        return default;
    }

    public override void Reads(ReadSet reads) => RecordWriter.Read(reads, Key);

    public override Decision Decide(UnitOfWork work)
    {
        var live = RecordWriter.FindLive(work, Key);
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        var written = writer.Write(work, Actor, Name, new RecordChangeRequest(Key, _value!)
        {
            TtlSeconds = TtlSeconds,
            Metadata = Metadata,
        });
        if (written.Failure is { } failure) return failure;
        return new Effect(written.Value!.ToInfo(), written.Value.Version, Created: live is null);
    }
}
