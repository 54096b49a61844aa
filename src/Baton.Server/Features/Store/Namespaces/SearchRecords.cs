using System.Text;
using System.Text.Json;
using Baton.Contracts;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>Finds a text in the values of all namespaces with a prefix, a bounded part of them a page.</summary>
internal static class SearchRecords
{
    /// <summary>The most rows that one page looks at.</summary>
    const int MaxScanned = 10_000;

    /// <summary>The most bytes of values that one page looks through.</summary>
    const long MaxScannedBytes = 32 * 1024 * 1024;

    const int ChunkCount = 500;

    /// <summary>The most bytes of values in memory at once. A single larger value may exceed it.</summary>
    const long MaxChunkBytes = 1024 * 1024;

    const string SelectHeads =
        $"""
        SELECT {RecordHead.Columns} FROM store_record
        WHERE workspace_id = @workspace_id AND (namespace, key) > (@namespace, @key) AND namespace < @to
        ORDER BY namespace, key LIMIT @limit
        """;

    const string SelectValues =
        """
        SELECT namespace, key, value FROM store_record
        WHERE workspace_id = @workspace_id AND (namespace, key) >= (@first_namespace, @first_key)
            AND (namespace, key) <= (@last_namespace, @last_key) AND deleted_at IS NULL
        """;

    public const string Action = "store.search";

    public static ReadSpec SpecOf(RecordFinder finder) => new BytesReadSpec<SearchRecordsRequest>(
        Action, "Finds a text in the values of records, over many namespaces.", typeof(Page<RecordFound>),
        (caller, request) => ReadAsync(caller, finder, request))
    {
        Description = """
            In any case, within one string, number or name of a member of the value; by namespace and key. A page looks
            at a bounded part: it can be empty and still have a `next_cursor`. What is written meanwhile may be in it or
            not.
            """,
        Role = Role.Reader,
        Found = "A page of what was found.",
    };

    static async ValueTask<Outcome<ReadAnswer>> ReadAsync(
        Caller caller, RecordFinder finder, SearchRecordsRequest request)
    {
        var asked = ListPage.Of(request, Action);
        if (asked.Failure is { } wrong) return wrong;
        var page = asked.Value;
        if (PlaceOf(page) is not { } place) return ListPage.WrongCursor(request);
        caller.Look();
        var scan = new Scan(caller, finder, request.Prefix ?? "", request.Q, page.Limit, place);
        await caller.Reads.ReadSnapshotAsync(scan, static async (session, scan, token) =>
        {
            await scan.RunAsync(session, token);
            return true;
        }, caller.Aborted);
        return ReadAnswer.OfJson(RecordJson.Page(scan.Write, page.CursorOf(scan.Reached)));
    }

    /// <summary>
    /// A namespace and a key, with a line break between them, which neither of them has; null: it is no such place.
    /// </summary>
    static (string Namespace, string Key)? PlaceOf(ListPage page) =>
        page.After.Length == 0 ? ("", "")
        : page.After.Split('\n') is [var name, var key] ? (name, key)
        : null;

    /// <summary>Whether a string, a number or a name in the value holds the text.</summary>
    internal static bool Holds(byte[] json, string text)
    {
        // Without escapes all strings and names stand in the text as they are.
        var isPlain = json.AsSpan().IndexOf((byte)'\\') < 0;
        if (isPlain && !Encoding.UTF8.GetString(json).Contains(text, StringComparison.OrdinalIgnoreCase)) return false;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            var part = reader.TokenType switch
            {
                JsonTokenType.String or JsonTokenType.PropertyName => reader.GetString()!,
                JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null =>
                    Encoding.UTF8.GetString(reader.ValueSpan),
                _ => "",
            };
            if (part.Contains(text, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>One page, from a place on. Used once.</summary>
    sealed class Scan(
        Caller caller, RecordFinder finder, string prefix, string text, int limit, (string Namespace, string Key) place)
    {
        readonly List<(RecordHead Head, byte[] Value)> _found = [];
        readonly Dictionary<string, NamespaceRow?> _namespaces = new(StringComparer.Ordinal);
        readonly long _now = caller.Services.Now;
        (string Namespace, string Key) _place = FirstOf(prefix, place);

        // The last one looked at that is there for the caller.
        (string Namespace, string Key) _seen;
        long _scannedBytes;
        long _foundBytes;

        /// <summary>Where the next page goes on; null: there is none.</summary>
        public string? Reached { get; private set; }

        public async ValueTask RunAsync(ReadSession session, CancellationToken cancellation)
        {
            for (var scanned = 0; scanned < MaxScanned; scanned += ChunkCount)
            {
                var heads = await ReadHeadsAsync(session, cancellation);
                if (!await TryTakeAllAsync(session, heads, cancellation)) break;
                if (heads.Count < ChunkCount) return;
            }

            Reached = $"{_place.Namespace}\n{_place.Key}";
        }

        public void Write(Utf8JsonWriter json)
        {
            foreach (var (head, value) in _found)
            {
                json.WriteStartObject();
                json.WriteString("namespace"u8, head.Namespace);
                json.WriteString("key"u8, head.Key);
                json.WriteNumber("version"u8, head.Version);
                json.WritePropertyName("value"u8);
                json.WriteRawValue(value, skipInputValidation: true);
                json.WriteEndObject();
            }
        }

        /// <summary>The place after which it looks, before all records of the namespaces that begin so.</summary>
        static (string Namespace, string Key) FirstOf(string prefix, (string Namespace, string Key) place)
        {
            // The state of agents comes before the first name. It is not searched.
            var first = prefix.Length == 0 ? " " : prefix;
            return NameRange.Compare(place.Namespace, first) < 0 ? (first, "") : place;
        }

        /// <summary>Looks through rows, some of their values at a time; false: the page is full.</summary>
        async ValueTask<bool> TryTakeAllAsync(
            ReadSession session, List<RecordHead> heads, CancellationToken cancellation)
        {
            for (var start = 0; start < heads.Count;)
            {
                var (end, bytes) = (start + 1, heads[start].Size);
                while (end < heads.Count && bytes + heads[end].Size <= MaxChunkBytes) bytes += heads[end++].Size;
                if (_scannedBytes > 0 && _scannedBytes + bytes > MaxScannedBytes) return false;
                _scannedBytes += bytes;
                var values = await ReadValuesAsync(session, heads[start], heads[end - 1], cancellation);
                for (; start < end; start++)
                {
                    var head = heads[start];
                    var isThere = await IsThereAsync(session, head, cancellation);
                    if (isThere && !TryTake(head, values[(head.Namespace, head.Key)]))
                    {
                        // A cursor names nothing that is not there for the caller.
                        _place = _seen;
                        return false;
                    }

                    _place = (head.Namespace, head.Key);
                    if (isThere) _seen = _place;
                }
            }

            return true;
        }

        async ValueTask<bool> IsThereAsync(ReadSession session, RecordHead head, CancellationToken cancellation) =>
            await NamespaceOfAsync(session, head, cancellation) is { } namespaceRow && head.IsLive(namespaceRow, _now)
            && caller.MaySee(Action, head.Resource);

        /// <summary>False: the page is full, and this record is for the next one.</summary>
        bool TryTake(RecordHead head, byte[] value)
        {
            if (_found.Count == limit) return false;
            if (!Holds(value, text)) return true;
            if (_found.Count > 0 && _foundBytes + head.Size > PageBounds.MaxBytes) return false;
            _foundBytes += head.Size;
            _found.Add((head, value));
            return true;
        }

        async ValueTask<List<RecordHead>> ReadHeadsAsync(ReadSession session, CancellationToken cancellation)
        {
            var command = session.Command(
                SelectHeads, ("@workspace_id", caller.WorkspaceId), ("@namespace", _place.Namespace),
                ("@key", _place.Key), ("@to", NameRange.To(prefix)), ("@limit", (long)ChunkCount));
            var heads = new List<RecordHead>();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) heads.Add(RecordHead.Read(reader));
            return heads;
        }

        async ValueTask<NamespaceRow?> NamespaceOfAsync(
            ReadSession session, RecordHead head, CancellationToken cancellation)
        {
            if (_namespaces.TryGetValue(head.Namespace, out var known)) return known;
            var key = new NamespaceKey(caller.WorkspaceId, head.Namespace);
            return _namespaces[head.Namespace] = await finder.SelectNamespaceAsync(session, key, cancellation);
        }

        async ValueTask<Dictionary<(string Namespace, string Key), byte[]>> ReadValuesAsync(
            ReadSession session, RecordHead first, RecordHead last, CancellationToken cancellation)
        {
            var command = session.Command(
                SelectValues, ("@workspace_id", caller.WorkspaceId), ("@first_namespace", first.Namespace),
                ("@first_key", first.Key), ("@last_namespace", last.Namespace), ("@last_key", last.Key));
            var values = new Dictionary<(string Namespace, string Key), byte[]>();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                values[(reader.GetString(0), reader.GetString(1))] = reader.Bytes(2);
            return values;
        }
    }
}
