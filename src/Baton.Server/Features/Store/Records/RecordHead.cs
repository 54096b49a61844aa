using System.Data.Common;
using System.Text.Json;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Records;

/// <summary>The row of a record without its value, as lists read it.</summary>
internal readonly record struct RecordHead(
    string Namespace,
    string Key,
    long Version,
    long Size,
    long UpdatedAt,
    string UpdatedBy,
    long? ExpiresAt,
    long? DeletedAt,
    long UpdatedSeq)
{
    /// <summary>The columns in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns =
        "namespace, key, version, size, updated_at, updated_by, expires_at, deleted_at, updated_seq";

    public const int ColumnCount = 9;

    public string Resource => RecordSpace.ResourceOf(Namespace, Key);

    public static RecordHead Read(DbDataReader r) => new(
        r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetString(5),
        r.IntegerOrNull(6), r.IntegerOrNull(7), r.GetInt64(8));

    /// <summary>As <see cref="RecordRow.IsLive"/>.</summary>
    public bool IsLive(NamespaceRow namespaceRow, long now) =>
        UpdatedSeq > namespaceRow.ClearedSeq && new Life(ExpiresAt, DeletedAt).IsLive(now);

    /// <summary>Writes a `RecordItem`, its value byte for byte, if it is to have one.</summary>
    public void WriteTo(Utf8JsonWriter json, ReadOnlySpan<byte> value, bool hasValue)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, Key);
        json.WriteNumber("version"u8, Version);
        json.WriteNumber("size"u8, Size);
        Micros.Write(json, "updated_at"u8, UpdatedAt);
        json.WriteString("updated_by"u8, UpdatedBy);
        if (ExpiresAt is { } expires) Micros.Write(json, "expires_at"u8, expires);
        else json.WriteNull("expires_at"u8);
        if (hasValue)
        {
            json.WritePropertyName("value"u8);
            json.WriteRawValue(value, skipInputValidation: true);
        }

        json.WriteEndObject();
    }
}
