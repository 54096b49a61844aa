using System.Runtime.InteropServices;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Features.Streams.Lifetimes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Streams;

/// <summary>The operations on streams that can be asked for by name, made of JSON.</summary>
internal sealed class StreamOperations(StreamFeature streams, IdSource ids, long maxEntryBytes)
{
    public void AddTo(OperationCatalogue kinds)
    {
        kinds.Add(new OperationKind<AppendToStreamOperation, Appended>(AppendToStream.Action, Append)
        {
            Errors = AppendToStream.Spec.Errors,
            // It looks for the oldest entry whose time is not over: those that the transaction adds are younger.
            QueryHolds = true,
        });
        kinds.Add(new OperationKind<CreateStreamOperation, StreamInfo>(CreateStream.Action, Create)
        {
            Errors = CreateStream.Spec.Errors,
        });
        kinds.Add(new OperationKind<ExtendStreamOperation, StreamInfo>(ExtendStream.Action, Extend)
        {
            Errors = ExtendStream.Spec.Errors,
        });
        kinds.Add(new OperationKind<DeleteStreamOperation, Deleted>(DeleteStream.Action, Delete)
        {
            Errors = DeleteStream.Spec.Errors,
        });
    }

    CreateStream Create(CreateStreamOperation request, Actor actor, InputErrors errors) =>
        new(streams, request.ToRequest(), ids.Next(Stream.IdPrefix)) { Actor = actor };

    ExtendStream Extend(ExtendStreamOperation request, Actor actor, InputErrors errors)
    {
        StreamRoutes.CheckId(request.Stream, "/stream", errors);
        return new ExtendStream(streams, request.Stream, new ExtendStreamRequest { ExtraTime = request.ExtraTime })
        {
            Actor = actor,
            Precondition = Precondition.OfVersion(request.IfVersion, errors),
        };
    }

    DeleteStream Delete(DeleteStreamOperation request, Actor actor, InputErrors errors)
    {
        StreamRoutes.CheckId(request.Stream, "/stream", errors);
        return new DeleteStream(streams, request.Stream)
        {
            Actor = actor,
            Precondition = Precondition.OfVersion(request.IfVersion, errors),
        };
    }

    AppendToStream Append(AppendToStreamOperation request, Actor actor, InputErrors errors)
    {
        StreamRoutes.CheckId(request.Stream, "/stream", errors);
        if (request.Label is { } label && !StreamRoutes.IsLabel(label))
            errors.Add(
                "/label", $"`label` has {label.Length} characters, but must have {StreamRoutes.LabelRule}.");
        var data = JsonMarshal.GetRawUtf8Value(request.Data).ToArray();
        if (data.Length > maxEntryBytes)
            errors.Add(
                ErrorCodes.RequestBodyTooLarge, "/data",
                $"The entry has {data.Length} bytes; {maxEntryBytes} is the most.");
        else if (JsonValues.Check(data) is { } fault)
            errors.Add(ErrorCodes.RequestInvalidJson, "/data" + fault.Pointer, fault.Message);
        NewEntry[] entries = [new NewEntry(data, request.Label, Pointer: "")];
        return new AppendToStream(streams, request.Stream, entries, data.Length)
        {
            Actor = actor,
            Precondition = Precondition.OfVersion(request.IfVersion, errors),
        };
    }
}
