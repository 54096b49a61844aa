using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.JsonSchema.Values;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Records;

/// <summary>
/// Sets and deletes many records of a namespace, all or none. Each of them has its own entry in the ledger, `store.set`
/// or `store.delete`.
/// </summary>
internal sealed class SetRecords(RecordWriter writer, SetManyRequest request) : Operation
{
    public const string Verb = "set_many";

    readonly string _storedNamespace = RecordSpace.StoredNamespaceOf(request);
    readonly List<(string Key, byte[] Json)> _set = [];
    List<RecordValue> _values = [];
    byte[]? _metadata;

    public override string Name => Space.Action(Verb);

    public override string Resource => RecordSpace.ResourceOf(_storedNamespace, "");

    public override Weight Weight => new(
        Bytes: _set.Sum(item => item.Json.Length), Rows: (request.Set?.Count ?? 0) + Deletes.Count);

    RecordSpace Space => RecordSpace.Of(_storedNamespace);

    IReadOnlyList<string> Deletes => request.Delete ?? [];

    public static OperationSpec SpecOf<
        [DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest>(RecordWriter writer, RecordSpace space)
        where TRequest : SetManyRequest => new OperationSpec<TRequest, RecordsSet>(
        space.Action(Verb), "Sets and deletes many records of a namespace, all or none.",
        (request, context) => new SetRecords(writer, request) { Actor = context.Actor })
        {
            Description = """
            At most 1 000 keys, each once. Values come back byte for byte. `ttl` and `metadata` hold for every record
            that is set. A key to delete that is absent is no failure: it is told in `missing`.
            """,
            Resource = (request, _) => RecordSpace.ResourceOf(RecordSpace.StoredNamespaceOf(request), ""),
            BodyLimit = options => options.RecordBytes,
            Done = "All of it is done.",
            Errors = [ErrorCodes.WorkspaceFull, ErrorCodes.StoreTooLarge],
        };

    public override void Validate(InputErrors errors)
    {
        var count = (request.Set?.Count ?? 0) + Deletes.Count;
        if (count == 0) errors.Add("", "Nothing is to be changed: give `set` or `delete`.");
        if (count > StoreOptions.MaxKeys)
        {
            errors.Add("", $"There are {count} keys; {StoreOptions.MaxKeys} is the most.");
            return;
        }

        if (request.Metadata is { } metadata)
        {
            RecordMetadata.Check(metadata, "/metadata", errors);
            _metadata = JsonMarshal.GetRawUtf8Value(metadata).ToArray();
        }

        foreach (var (key, value) in request.Set ?? new Dictionary<string, JsonElement>()) AddSet(key, value, errors);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < Deletes.Count; index++)
        {
            // Null where JSON says so, which is told of the list.
            if (Deletes[index] is null) continue;
            RecordNames.CheckKey(Deletes[index], $"/delete/{index}", errors);
            if (string.IsNullOrEmpty(Deletes[index])) continue;
            if (!seen.Add(Deletes[index]) || request.Set?.ContainsKey(Deletes[index]) == true)
                errors.Add($"/delete/{index}", $"The key {InputText.Shorten(Deletes[index])} is given twice.");
        }
    }

    public override ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        _values = _set.ConvertAll(item => RecordValue.Of(item.Json, Commitment.NewSalt()));
        return default;
    }

    public override void Reads(ReadSet reads)
    {
        reads.Add(NamespaceRow.Table, new NamespaceKey(Actor.WorkspaceId, _storedNamespace));
        foreach (var (key, _) in _set) reads.Add(RecordRow.Table, KeyOf(key));
        foreach (var key in Deletes) reads.Add(RecordRow.Table, KeyOf(key));
    }

    public override Decision Decide(UnitOfWork work)
    {
        var items = new List<RecordVersion>(_set.Count + Deletes.Count);
        var missing = new List<string>();
        // What is deleted makes room for what is set.
        foreach (var key in Deletes)
        {
            if (RecordWriter.FindLive(work, KeyOf(key)) is not { } live) missing.Add(key);
            else items.Add(new RecordVersion(
                key, "delete", RecordWriter.Erase(work, Actor, Space.Action("delete"), live).Version));
        }

        for (var index = 0; index < _set.Count; index++)
        {
            var change = new RecordChangeRequest(KeyOf(_set[index].Key), _values[index])
            {
                TtlSeconds = request.Ttl,
                Metadata = _metadata,
            };
            var written = writer.Write(work, Actor, Space.Action("set"), change);
            if (written.Failure is { } failure) return failure;
            items.Add(new RecordVersion(_set[index].Key, "set", written.Value!.Version));
        }

        // Where nothing was there to be deleted, the answer is as of now.
        return new Effect(new RecordsSet { Items = items, Missing = missing }) { Seq = work.HeadSeq };
    }

    void AddSet(string key, JsonElement value, InputErrors errors)
    {
        var pointer = "/set/" + JsonPointer.Escape(key);
        RecordNames.CheckKey(key, pointer, errors);
        var json = JsonMarshal.GetRawUtf8Value(value).ToArray();
        if (JsonValues.Check(json) is { } fault)
            errors.Add(ErrorCodes.RequestInvalidJson, pointer + fault.Pointer, fault.Message);
        _set.Add((key, json));
    }

    RecordKey KeyOf(string key) => new(Actor.WorkspaceId, _storedNamespace, key);
}
