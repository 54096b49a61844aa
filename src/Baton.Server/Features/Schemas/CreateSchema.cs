using System.Runtime.InteropServices;
using Baton.Contracts.Errors;
using Baton.Contracts.Ledger;
using Baton.Contracts.Schemas;
using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Schemas;

/// <summary>Registers a version of a schema: `schema.create`.</summary>
internal sealed class CreateSchema(SchemaFeature schemas, CreateSchemaRequest request, string schemaId) : Operation
{
    public const string Action = "schema.create";

    public CreateSchemaRequest Request => request;

    readonly byte[] _salt = Commitment.NewSalt();
    Registration _registration = null!;

    public override string Name => Action;

    /// <summary>
    /// The name: who registers the same one takes turns. The entry in the ledger is about the version.
    /// </summary>
    public override string Resource => PrivateResource.Of(SchemaType.Name, request.Name, Owner);

    public override Contention Contention => new(ErrorCodes.SchemaContended, [Resource]);

    public override Weight Weight => new(Bytes: Definition.Length, Rows: 1);

    public string Owner => request.Visibility == SchemaInfos.Private ? Actor.Name : "";

    public string TargetType => request.TargetType ?? SchemaTargets.Both;

    public string Compatibility => request.Compatibility ?? Registration.Backward;

    /// <summary>Exactly as it was sent.</summary>
    public byte[] Definition { get; } = JsonMarshal.GetRawUtf8Value(request.Definition).ToArray();

    public SchemaNameKey NameKey => new(Actor.WorkspaceId, request.Name, Owner);

    public static OperationSpec SpecOf(SchemaFeature schemas) => new OperationSpec<CreateSchemaRequest, SchemaInfo>(
        Action, "Registers a JSON Schema, or its next version.",
        (request, context) => new CreateSchema(schemas, request, schemas.Ids.Next(SchemaIds.Prefix))
        {
            Actor = context.Actor,
        })
    {
        Description = """
            The first schema of a name is version 1. The same again (definition as JSON, description, target_type,
            compatibility, and what its references mean) answers 200 with the version that is there; anything else is
            the next version with an id of its own. With `compatibility: backward`, which is the default, whatever fits
            the newest version must fit the new one, or it is a 409 that says where and why. A `$ref` may mean another
            registered schema by `baton:schema/NAME`, `baton:schema/sch_…` or its absolute `$id`: the version is fixed
            at registration. Nothing is ever fetched.
            """,
        Created = "The version was registered.",
        Done = "It was there already.",
        Errors =
        [
            ErrorCodes.SchemaInvalid, ErrorCodes.SchemaIncompatible, ErrorCodes.SchemaVersionsFull,
            ErrorCodes.SchemaContended, ErrorCodes.WorkspaceFull,
        ],
    };

    public override void Validate(InputErrors errors)
    {
        // PostgreSQL has no text with a NUL.
        if (request.Description?.Contains('\0', StringComparison.Ordinal) == true)
            errors.Add("/description", "It has a NUL character (U+0000), which no text has: leave it out.");
        if (request.TargetType is { } target && !schemas.Targets.Values.Contains(target))
            errors.Add(
                "/target_type",
                $"`target_type` is \"{InputText.Shorten(target)}\", but must be one of: "
                + $"{string.Join(", ", schemas.Targets.Values)}.");
    }

    public override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        _registration = await Registration.PrepareAsync(schemas, this, cancellation);
        return null;
    }

    public override void Reads(ReadSet reads)
    {
        reads.Add(SchemaNameRow.Table, NameKey);
        foreach (var id in _registration.Needed) reads.Add(SchemaRow.Table, new SchemaKey(Actor.WorkspaceId, id));
    }

    public override Decision Decide(UnitOfWork work)
    {
        var name = work.Get(SchemaNameRow.Table, NameKey);
        if ((name?.NewestId ?? "") != _registration.NewestId) return Decision.PrepareAgain;
        foreach (var id in _registration.Needed)
        {
            if (work.Get(SchemaRow.Table, new SchemaKey(Actor.WorkspaceId, id)) is null) return Decision.PrepareAgain;
        }

        if (_registration.Failure is { } failure) return failure;
        if (_registration.Identical is { } identical)
            return new Effect(identical.ToInfo()) { Seq = identical.CreatedSeq };
        work.AddBytes(Definition.Length + SchemaOptions.CountedBytes);
        if (work.WorkspaceBytes > schemas.Options.WorkspaceBytes)
            return new Failure(
                ErrorCodes.WorkspaceFull, $"The workspace may hold {schemas.Options.WorkspaceBytes} bytes.");
        return Register(work, name);
    }

    Effect Register(UnitOfWork work, SchemaNameRow? name)
    {
        var version = (name?.LastVersion ?? 0) + 1;
        var detail = new Detail()
            .Add("name", request.Name).Add("size", Definition.Length)
            .Add("target_type", TargetType).Add("compatibility", Compatibility);
        var seq = work.Record(
            Name, PrivateResource.Of(SchemaType.Name, schemaId, Owner), version, detail.ToBytes(),
            SchemaCommitment.Of(_salt, Definition));
        var row = new SchemaRow
        {
            WorkspaceId = Actor.WorkspaceId,
            SchemaId = schemaId,
            Owner = Owner,
            Name = request.Name,
            Version = version,
            Description = request.Description,
            TargetType = TargetType,
            Compatibility = Compatibility,
            Size = Definition.Length,
            Digest = _registration.Digest,
            Uri = ReferenceResolver.UriOf(request.Definition),
            CreatedAt = work.Now,
            CreatedBy = Actor.Name,
            CreatedSeq = seq,
        };
        work.Put(SchemaRow.Table, row);
        work.Put(SchemaDefinitionRow.Table, new SchemaDefinitionRow
        {
            WorkspaceId = row.WorkspaceId,
            SchemaId = schemaId,
            Definition = Definition,
            Salt = _salt,
            Pins = SchemaPins.ToText(_registration.Pins),
        });
        var named = new SchemaNameRow
        {
            WorkspaceId = row.WorkspaceId,
            Name = row.Name,
            Owner = row.Owner,
            NewestId = schemaId,
            LastVersion = version,
            DeletedAt = null,
        };
        work.Put(SchemaNameRow.Table, named);
        SchemaNameRow.Lifetime.Changed(work, named.DueResource, name?.Life ?? default, named.Life);
        foreach (var id in _registration.Pins.Values.Distinct())
            SchemaBindings.Set(
                work, row.WorkspaceId, row.Resource, before: default,
                new SchemaUse(new BoundSchema(id, ""), ExpiresAt: null));
        return new Effect(row.ToInfo(), Created: true);
    }
}
