using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Records;

/// <summary>The operations on records that can be asked for by name, made of JSON.</summary>
internal sealed class RecordOperations(StoreFeature store)
{
    // What is about the form of a body of its own.
    static readonly ErrorCode[] s_bodyErrors = [ErrorCodes.RequestUnsupportedMediaType, ErrorCodes.RequestInvalidJson];

    public void AddTo(OperationCatalogue kinds)
    {
        Add<SetRecordOperation, RecordInfo>(kinds, SetRecord.SpecOf(RecordSpace.Store), (request, actor, errors) =>
            Set(request, NamespaceOf(request.Namespace, errors), actor, errors));
        Add<SetStateOperation, RecordInfo>(kinds, SetRecord.SpecOf(RecordSpace.State), (request, actor, errors) =>
            Set(request, StateOf(request.AgentId, errors), actor, errors));
        Add<PatchRecordOperation, StoredRecord>(
            kinds, PatchRecord.SpecOf(RecordSpace.Store), (request, actor, errors) =>
                Patch(request, NamespaceOf(request.Namespace, errors), actor, errors));
        Add<PatchStateOperation, StoredRecord>(
            kinds, PatchRecord.SpecOf(RecordSpace.State), (request, actor, errors) =>
                Patch(request, StateOf(request.AgentId, errors), actor, errors));
        Add<DeleteRecordOperation, Deleted>(
            kinds, DeleteRecord.SpecOf(RecordSpace.Store), (request, actor, errors) =>
                Delete(request, NamespaceOf(request.Namespace, errors), actor, errors));
        Add<DeleteStateOperation, Deleted>(
            kinds, DeleteRecord.SpecOf(RecordSpace.State), (request, actor, errors) =>
                Delete(request, StateOf(request.AgentId, errors), actor, errors));
    }

    static void Add<TRequest, TAnswer>(
        OperationCatalogue kinds, RouteSpec route, Func<TRequest, Actor, InputErrors, Operation> make)
        where TRequest : RecordOperation
        where TAnswer : Committed =>
        kinds.Add(new OperationKind<TRequest, TAnswer>(route.Action, make)
        {
            Errors = [.. route.Errors.Except(s_bodyErrors)],
        });

    SetRecord Set(SetOperation request, string home, Actor actor, InputErrors errors)
    {
        if (request.Ttl is < 1 or > StoreOptions.MaxTtlSeconds)
            errors.Add("/ttl", $"`ttl` is {request.Ttl}, but must be 1 to {StoreOptions.MaxTtlSeconds} seconds.");
        return new SetRecord(store.Writer, AddressOf(request, home, errors), ValueOf(request.Value, "/value", errors))
        {
            Actor = actor,
            TtlSeconds = request.Ttl,
            Metadata = request.Metadata is { } metadata
                ? RecordMetadata.Check(JsonMarshal.GetRawUtf8Value(metadata).ToArray(), "/metadata", errors)
                : null,
            Precondition = Precondition.OfVersion(request.IfVersion, errors),
        };
    }

    PatchRecord Patch(PatchOperation request, string home, Actor actor, InputErrors errors)
    {
        var (edit, size) = EditOf(request, errors);
        return new PatchRecord(store, AddressOf(request, home, errors), edit, size)
        {
            Actor = actor,
            Precondition = Precondition.OfVersion(request.IfVersion, errors),
        };
    }

    static DeleteRecord Delete(RecordOperation request, string home, Actor actor, InputErrors errors) =>
        new(AddressOf(request, home, errors))
        {
            Actor = actor,
            Precondition = Precondition.OfVersion(request.IfVersion, errors),
        };

    (RecordEdit Edit, int Size) EditOf(PatchOperation request, InputErrors errors)
    {
        if (request.Merge is { } merge)
        {
            if (request.Set is not null || request.Increment is not null || request.Append is not null
                || request.Init is not null)
                errors.Add("/merge", "`merge` is all of a change: it goes with none of the others.");
            var patch = ValueOf(merge, "/merge", errors);
            return (new MergeEdit(patch), patch.Length);
        }

        var edit = PointerEdit.Of(
            new PatchRecordRequest
            {
                Set = request.Set,
                Increment = request.Increment,
                Append = request.Append,
                Init = request.Init,
            }, errors);
        return (edit, SizeOf(request.Set) + SizeOf(request.Increment) + SizeOf(request.Append) + SizeOf(request.Init));
    }

    static int SizeOf(IReadOnlyDictionary<string, JsonElement>? changes) =>
        changes?.Values.Sum(value => SizeOf(value)) ?? 0;

    static int SizeOf(JsonElement? value) => value is { } json ? JsonMarshal.GetRawUtf8Value(json).Length : 0;

    byte[] ValueOf(JsonElement value, string place, InputErrors errors)
    {
        var json = JsonMarshal.GetRawUtf8Value(value).ToArray();
        if (json.Length > store.Options.MaxBytes)
            errors.Add(
                ErrorCodes.StoreTooLarge, place,
                $"The value has {json.Length} bytes; {store.Options.MaxBytes} is the most.");
        else if (JsonValues.Check(json) is { } fault)
            errors.Add(ErrorCodes.RequestInvalidJson, place + fault.Pointer, fault.Message);
        return json;
    }

    static string NamespaceOf(string? named, InputErrors errors)
    {
        var name = named ?? RecordSpace.DefaultNamespace;
        RecordNames.CheckNamespace(name, "/namespace", errors);
        return RecordSpace.Store.StoredName(name);
    }

    static string StateOf(string agentId, InputErrors errors)
    {
        Names.Check(agentId, "/agent_id", errors);
        return RecordSpace.State.StoredName(agentId);
    }

    static RecordAddress AddressOf(RecordOperation request, string home, InputErrors errors)
    {
        RecordNames.CheckKey(request.Key, "/key", errors);
        return new RecordAddress(home, request.Key);
    }
}
