using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Discovery;
using Baton.Contracts.Errors;
using Baton.Contracts.Events;
using Baton.Contracts.Identity;
using Baton.Contracts.Schemas;
using Baton.Contracts.Stashes;
using Baton.Contracts.Store;
using Baton.Contracts.Streams;
using Baton.Contracts.Transactions;

namespace Baton.Contracts.Json;

/// <summary>The one set of JSON options, strict, shared by server and clients.</summary>
public static class BatonJson
{
    /// <summary>
    /// snake_case; unknown, duplicate and missing members are errors; times in UTC with microseconds.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = BatonJsonContext.Default,
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            NumberHandling = JsonNumberHandling.Strict,
            MaxDepth = 64,
            // The answers are application/json, never HTML: text stays readable for people and models.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new UtcMicrosecondsConverter());
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>As <see cref="WireTime"/> has it.</summary>
public sealed class UtcMicrosecondsConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<byte> text = stackalloc byte[WireTime.Length];
        WireTime.Write(value, text);
        writer.WriteStringValue(text);
    }
}

/// <summary>Generated serializers of everything on the wire.</summary>
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Deleted))]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(KeyCreated))]
[JsonSerializable(typeof(Page<KeyInfo>))]
[JsonSerializable(typeof(RotateKeyRequest))]
[JsonSerializable(typeof(CreateWorkspaceRequest))]
[JsonSerializable(typeof(WorkspaceCreated))]
[JsonSerializable(typeof(Page<WorkspaceInfo>))]
[JsonSerializable(typeof(CreateTicketRequest))]
[JsonSerializable(typeof(TicketCreated))]
[JsonSerializable(typeof(StashInfo))]
[JsonSerializable(typeof(Page<StashInfo>))]
[JsonSerializable(typeof(Page<StashVersionInfo>))]
[JsonSerializable(typeof(ReplaceRequest))]
[JsonSerializable(typeof(StashChange))]
[JsonSerializable(typeof(PutStashOperation))]
[JsonSerializable(typeof(AppendStashOperation))]
[JsonSerializable(typeof(ReplaceInStashOperation))]
[JsonSerializable(typeof(DeleteStashOperation))]
[JsonSerializable(typeof(SetRecordOperation))]
[JsonSerializable(typeof(SetStateOperation))]
[JsonSerializable(typeof(PatchRecordOperation))]
[JsonSerializable(typeof(PatchStateOperation))]
[JsonSerializable(typeof(DeleteRecordOperation))]
[JsonSerializable(typeof(DeleteStateOperation))]
[JsonSerializable(typeof(AppendToStreamOperation))]
[JsonSerializable(typeof(CreateStreamOperation))]
[JsonSerializable(typeof(ExtendStreamOperation))]
[JsonSerializable(typeof(DeleteStreamOperation))]
[JsonSerializable(typeof(TransactionRequest))]
[JsonSerializable(typeof(TransactionDone))]
[JsonSerializable(typeof(Lineage))]
[JsonSerializable(typeof(CreateSchemaRequest))]
[JsonSerializable(typeof(SchemaInfo))]
[JsonSerializable(typeof(Schema))]
[JsonSerializable(typeof(Page<SchemaInfo>))]
[JsonSerializable(typeof(Page<Schema>))]
[JsonSerializable(typeof(SchemaValidation))]
[JsonSerializable(typeof(Page<DiscoveryItem>))]
[JsonSerializable(typeof(CreateStreamRequest))]
[JsonSerializable(typeof(StreamInfo))]
[JsonSerializable(typeof(Page<StreamInfo>))]
[JsonSerializable(typeof(ExtendStreamRequest))]
[JsonSerializable(typeof(AppendEntry))]
[JsonSerializable(typeof(Appended))]
[JsonSerializable(typeof(StreamEntry))]
[JsonSerializable(typeof(StreamPage))]
[JsonSerializable(typeof(StreamJoin))]
[JsonSerializable(typeof(SetCursorRequest))]
[JsonSerializable(typeof(StreamCursor))]
[JsonSerializable(typeof(Page<StreamCursor>))]
[JsonSerializable(typeof(RecordInfo))]
[JsonSerializable(typeof(StoredRecord))]
[JsonSerializable(typeof(Page<RecordItem>))]
[JsonSerializable(typeof(RecordItem))]
[JsonSerializable(typeof(Page<NamespaceInfo>))]
[JsonSerializable(typeof(PatchRecordRequest))]
[JsonSerializable(typeof(SetRecordsRequest))]
[JsonSerializable(typeof(RecordsSet))]
[JsonSerializable(typeof(GetRecordsRequest))]
[JsonSerializable(typeof(RecordValues))]
[JsonSerializable(typeof(NamespaceCleared))]
[JsonSerializable(typeof(Page<RecordFound>))]
[JsonSerializable(typeof(ClaimRequest))]
[JsonSerializable(typeof(RecordsClaimed))]
[JsonSerializable(typeof(RenewClaimRequest))]
[JsonSerializable(typeof(ClaimRenewed))]
[JsonSerializable(typeof(CompleteClaimRequest))]
[JsonSerializable(typeof(ClaimEnded))]
[JsonSerializable(typeof(RecordChange))]
[JsonSerializable(typeof(RecordChangePage))]
[JsonSerializable(typeof(LedgerEvent))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(LedgerHead))]
[JsonSerializable(typeof(LedgerVerification))]
[JsonSerializable(typeof(ServerInfo))]
[JsonSerializable(typeof(Health))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
public sealed partial class BatonJsonContext : JsonSerializerContext;
