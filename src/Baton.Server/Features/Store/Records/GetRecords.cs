using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Records;

/// <summary>Reads many records of a namespace as of one moment.</summary>
internal static class GetRecords
{
    /// <summary>The number of keys of one statement. If there are fewer, the last one is repeated.</summary>
    const int KeysAtOnce = 20;

    const string SelectHeads =
        $"""
        SELECT {RecordHead.Columns} FROM store_record
        WHERE workspace_id = @workspace_id AND namespace = @namespace AND {KeyIsOne}
        """;

    const string SelectValues =
        $"""
        SELECT key, value FROM store_record
        WHERE workspace_id = @workspace_id AND namespace = @namespace AND {KeyIsOne}
        """;

    const string KeyIsOne = """
        key IN (@k0, @k1, @k2, @k3, @k4, @k5, @k6, @k7, @k8, @k9,
            @k10, @k11, @k12, @k13, @k14, @k15, @k16, @k17, @k18, @k19)
        """;

    static readonly string[] s_names = [.. Enumerable.Range(0, KeysAtOnce).Select(number => $"@k{number}")];

    public const string Verb = "get_many";

    public static ReadSpec SpecOf<
        [DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest>(RecordFinder finder, RecordSpace space)
        where TRequest : GetManyRequest => new BytesReadSpec<TRequest>(
        space.Action(Verb), "Reads many records of a namespace, as of one moment.", typeof(RecordValues),
        (caller, request) => ReadAsync(new Reader(caller, finder, space.Action(Verb)), request))
        {
            Description = "Changes nothing: a reader may do it. At most 1 000 keys, and 32 MiB of values.",
            Role = Role.Reader,
            Resource = (request, _) => RecordSpace.ResourceOf(RecordSpace.StoredNamespaceOf(request), ""),
            Found = "The values, and what is missing.",
            Errors = [ErrorCodes.StoreAnswerTooLarge],
        };

    /// <summary>The values, and what is missing, as JSON.</summary>
    static async ValueTask<Outcome<ReadAnswer>> ReadAsync(Reader reader, GetManyRequest request)
    {
        var errors = new InputErrors();
        CheckKeys(request, errors);
        if (errors.Any) return errors.ToFailure() with { IsOfRequest = true };
        reader.Caller.Look();
        var keys = request.Keys.Distinct(StringComparer.Ordinal).ToList();
        var key = new NamespaceKey(reader.Caller.WorkspaceId, RecordSpace.StoredNamespaceOf(request));
        return await reader.Caller.Reads.ReadSnapshotAsync(
            (reader, key, keys),
            static (session, asked, token) => ReadAsync(session, asked.reader, asked.key, asked.keys, token),
            reader.Caller.Aborted);
    }

    static void CheckKeys(GetManyRequest request, InputErrors errors)
    {
        if (request.Keys.Count is 0 or > StoreOptions.MaxKeys)
            errors.Add("/keys", $"There are {request.Keys.Count} keys, but must be 1 to {StoreOptions.MaxKeys}.");
        else
            for (var index = 0; index < request.Keys.Count; index++)
                RecordNames.CheckKey(request.Keys[index], $"/keys/{index}", errors);
    }

    sealed record Reader(Caller Caller, RecordFinder Finder, string Action);

    static async ValueTask<Outcome<ReadAnswer>> ReadAsync(
        ReadSession session, Reader reader, NamespaceKey key, List<string> keys, CancellationToken cancellation)
    {
        var live = new HashSet<string>(StringComparer.Ordinal);
        var values = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (await reader.Finder.SelectNamespaceAsync(session, key, cancellation) is { } namespaceRow)
        {
            var bytes = 0L;
            foreach (var chunk in keys.Chunk(KeysAtOnce))
                bytes += await FindLiveAsync(session, reader, namespaceRow, chunk, live, cancellation);
            if (bytes > StoreOptions.MaxAnswerBytes)
                return new Failure(
                    ErrorCodes.StoreAnswerTooLarge,
                    $"The values have {bytes} bytes; {StoreOptions.MaxAnswerBytes} is the most.");
            foreach (var chunk in keys.Where(live.Contains).Chunk(KeysAtOnce))
                await ReadValuesAsync(session, key, chunk, values, cancellation);
        }

        return ReadAnswer.OfJson(Render(keys, values));
    }

    /// <summary>Adds the keys that exist, and answers the bytes of their values.</summary>
    static async ValueTask<long> FindLiveAsync(
        ReadSession session, Reader request, NamespaceRow namespaceRow, string[] keys, HashSet<string> live,
        CancellationToken cancellation)
    {
        var (bytes, now) = (0L, request.Caller.Services.Now);
        await using var reader =
            await session.Command(SelectHeads, Parameters(namespaceRow.Id, keys)).ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var head = RecordHead.Read(reader);
            if (!head.IsLive(namespaceRow, now) || !request.Caller.MaySee(request.Action, head.Resource)) continue;
            live.Add(head.Key);
            bytes += head.Size;
        }

        return bytes;
    }

    static async ValueTask ReadValuesAsync(
        ReadSession session, NamespaceKey namespaceKey, string[] keys, Dictionary<string, byte[]> values,
        CancellationToken cancellation)
    {
        await using var reader =
            await session.Command(SelectValues, Parameters(namespaceKey, keys)).ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) values[reader.GetString(0)] = reader.Bytes(1);
    }

    static (string Name, object? Value)[] Parameters(NamespaceKey namespaceKey, string[] keys) =>
    [
        ("@workspace_id", namespaceKey.WorkspaceId), ("@namespace", namespaceKey.Namespace),
        .. s_names.Select((name, number) => (name, (object?)keys[Math.Min(number, keys.Length - 1)])),
    ];

    static byte[] Render(List<string> keys, Dictionary<string, byte[]> values)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output, JsonBytes.Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("values"u8);
            foreach (var key in keys.Where(values.ContainsKey))
            {
                json.WritePropertyName(key);
                json.WriteRawValue(values[key], skipInputValidation: true);
            }

            json.WriteEndObject();
            json.WriteStartArray("missing"u8);
            foreach (var key in keys.Where(key => !values.ContainsKey(key))) json.WriteStringValue(key);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }
}
