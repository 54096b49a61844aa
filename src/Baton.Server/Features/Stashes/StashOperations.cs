using System.Buffers.Text;
using System.Text;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Stashes;

/// <summary>The operations on stashes that can be asked for by name, made of JSON.</summary>
internal sealed class StashOperations(StashFeature stashes)
{
    const string TextType = "text/plain; charset=utf-8";

    public void AddTo(OperationKinds kinds)
    {
        kinds.Add(new OperationKind<PutStashOperation, StashInfo>(PutStash.Action, Put)
        {
            Errors = [.. PutStash.Spec.Errors, ErrorCodes.StashTooLarge],
        });
        kinds.Add(new OperationKind<AppendStashOperation, StashInfo>(AppendStash.Action, Append)
        {
            Errors = AppendStash.Spec.Errors,
        });
        kinds.Add(new OperationKind<ReplaceInStashOperation, StashInfo>(ReplaceInStash.Action, Replace)
        {
            Errors = ReplaceInStash.Spec.Errors,
        });
        kinds.Add(new OperationKind<DeleteStashOperation, Deleted>(DeleteStash.Action, Delete)
        {
            Errors = DeleteStash.Spec.Errors,
        });
    }

    PutStash Put(PutStashOperation request, Actor actor, InputErrors errors)
    {
        var (body, contentType) = ContentOf(request, errors);
        if (request.Ttl is < 1 or > StashOptions.MaxTtlSeconds)
            errors.Add("/ttl", $"`ttl` is {request.Ttl}, but must be 1 to {StashOptions.MaxTtlSeconds} seconds.");
        if (SchemaIds.Check(request.SchemaId) is { } wrong) errors.Add("/schema_id", $"`schema_id` is {wrong}");
        return new PutStash(stashes, NameOf(request, errors), body, contentType, request.SchemaId)
        {
            Actor = actor,
            TtlSeconds = request.Ttl,
            Discoverable = request.Discoverable,
            Precondition = Precondition.OfVersion(request.IfVersion, errors),
            Provenance = ProvenanceOf(request, errors),
        };
    }

    AppendStash Append(AppendStashOperation request, Actor actor, InputErrors errors)
    {
        var (body, contentType) = ContentOf(request, errors);
        return new AppendStash(stashes, NameOf(request, errors), body, contentType)
        {
            Actor = actor,
            Precondition = Precondition.OfVersion(request.IfVersion, errors),
            Provenance = ProvenanceOf(request, errors),
        };
    }

    ReplaceInStash Replace(ReplaceInStashOperation request, Actor actor, InputErrors errors)
    {
        var change = new ReplaceRequest { Old = request.Old, New = request.New, All = request.All };
        return new ReplaceInStash(stashes, NameOf(request, errors), change)
        {
            Actor = actor,
            Precondition = Precondition.OfVersion(request.IfVersion, errors),
            Provenance = ProvenanceOf(request, errors),
        };
    }

    static DeleteStash Delete(DeleteStashOperation request, Actor actor, InputErrors errors) =>
        new(NameOf(request, errors))
        {
            Actor = actor,
            Precondition = Precondition.OfVersion(request.IfVersion, errors),
        };

    static string NameOf(StashOperation request, InputErrors errors)
    {
        Names.Check(request.Name, "/name", errors);
        return request.Name;
    }

    static Provenance ProvenanceOf(StashWriteOperation request, InputErrors errors) =>
        Provenance.Read(request.Model, request.Sources ?? [], errors);

    (byte[] Body, string ContentType) ContentOf(StashContentOperation request, InputErrors errors)
    {
        var contentType = request.ContentType
            ?? (request.ContentBase64 is null ? TextType : StashRoutes.DefaultContentType);
        StashRoutes.CheckContentType(contentType, errors);
        if (request.Content is null == request.ContentBase64 is null)
        {
            errors.Add("/content", "The content must be there once: as `content`, a text, or as `content_base64`.");
            return ([], contentType);
        }

        var body = request.Content is { } text ? Encoding.UTF8.GetBytes(text) : Decode(request.ContentBase64!, errors);
        if (body.Length > stashes.Options.MaxBytes)
            errors.Add(
                ErrorCodes.StashTooLarge, request.Content is null ? "/content_base64" : "/content",
                $"The content has {body.Length} bytes; {stashes.Options.MaxBytes} is the most.");
        return (body, contentType);
    }

    static byte[] Decode(string base64, InputErrors errors)
    {
        if (Base64.IsValid(base64)) return Convert.FromBase64String(base64);
        errors.Add("/content_base64", "`content_base64` is not base64 (RFC 4648, section 4, with padding).");
        return [];
    }
}
