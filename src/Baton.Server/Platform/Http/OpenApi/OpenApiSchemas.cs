using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Baton.Contracts;
using Baton.Contracts.Json;
using Baton.Contracts.Transactions;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Resources;

namespace Baton.Server.Platform.Http.OpenApi;

/// <summary>The JSON schemas of wire records, one component each, as the serializer writes and reads them.</summary>
/// <param name="operations">What a transaction can hold.</param>
/// <param name="types">The types of things that there are.</param>
internal sealed class OpenApiSchemas(OperationCatalogue operations, ResourceTypes types)
{
    readonly SortedDictionary<string, JsonNode> _components = new(StringComparer.Ordinal);

    /// <summary>All that were referred to, by name.</summary>
    public JsonObject ToJson() => new(_components.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    /// <summary>
    /// A reference to the schema of a record. In a request only what has no default is required; an answer has every
    /// member, but those that are left out when null.
    /// </summary>
    public JsonObject Reference(Type type, bool isRequest = false)
    {
        var name = NameOf(type);
        // The component is added before its members are looked at, because a record may contain itself.
        if (_components.TryAdd(name, new JsonObject()))
            _components[name] = Export(type, isRequest ? RequestJson.Body : BatonJson.Options, isRequest);
        return ReferenceTo(name);
    }

    /// <summary>
    /// A reference to the schema of an operation as one of several: all of its request, and its name.
    /// </summary>
    JsonObject Reference(OperationSpec operation)
    {
        var type = operation.Request.Type;
        var name = NameOf(type).Replace("Request", "Operation", StringComparison.Ordinal);
        var schema = Export(type, RequestJson.Whole, isRequest: true);
        schema["properties"]![RequestJson.NameMember] = new JsonObject
        {
            ["type"] = "string",
            ["description"] = "The operation's name.",
            ["const"] = operation.Name,
        };
        _components[name] = schema;
        return ReferenceTo(name);
    }

    static JsonObject ReferenceTo(string name) => new() { ["$ref"] = "#/components/schemas/" + name };

    /// <summary>`StashInfo`; `StashInfoPage` for a page of them.</summary>
    static string NameOf(Type type)
    {
        if (!type.IsGenericType) return type.Name;
        var generic = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return string.Concat(type.GetGenericArguments().Select(NameOf)) + generic;
    }

    JsonNode Export(Type type, JsonSerializerOptions options, bool isRequest) =>
        options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Transform(context, node as JsonObject ?? [], isRequest),
        });

    JsonObject Transform(JsonSchemaExporterContext context, JsonObject exported, bool isRequest)
    {
        if (context.Path.IsEmpty) return Finish(context.TypeInfo, exported, isRequest);
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        // The list that contains it says which types it can be.
        if (type == typeof(Committed)) return [];
        var isNullable = context.PropertyInfo is { IsGetNullable: true } property && !IsLeftOutWhenNull(property);
        var schema = context.TypeInfo.Kind == JsonTypeInfoKind.Object
            ? ReferenceOrNull(type, isRequest, isNullable)
            : SchemaOf(type) ?? exported;
        if (context.PropertyInfo is not { } member) return schema;
        if (ItemsOf(member) is { } items) schema = new JsonObject { ["type"] = "array", ["items"] = items };
        Constrain(schema, member);
        if (schema["type"] is { } name)
            schema["type"] = isNullable ? new JsonArray(NameOf(name), "null") : NameOf(name);
        if (isNullable && schema["enum"] is JsonArray values) values.Add(null);
        if (member.AttributeProvider is PropertyInfo declared
            && WireDocstrings.Shared.SummaryOf(declared) is { } summary)
            schema["description"] = summary;
        return schema;
    }

    /// <summary>The one type of an exported `type`, which may be a list with null.</summary>
    static string NameOf(JsonNode type) =>
        type is JsonArray names ? names.Select(name => (string)name!).First(name => name != "null") : (string)type!;

    JsonObject ReferenceOrNull(Type type, bool isRequest, bool isNullable)
    {
        var reference = Reference(type, isRequest);
        return isNullable
            ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) }
            : reference;
    }

    /// <summary>
    /// The schema of the items of a list that holds operations or their answers: those that are registered.
    /// </summary>
    JsonObject? ItemsOf(JsonPropertyInfo member)
    {
        if (member.DeclaringType == typeof(TransactionRequest)) return OneOfOperations();
        if (member.DeclaringType != typeof(TransactionDone) || member.PropertyType == typeof(long)) return null;
        var answers = operations.ForTransactions.Select(operation => operation.AnswerType).Distinct();
        return new JsonObject { ["anyOf"] = new JsonArray([.. answers.Select(answer => Reference(answer))]) };
    }

    /// <summary>One schema for each operation, told apart by `op`.</summary>
    JsonObject OneOfOperations()
    {
        var mapping = new JsonObject();
        var requests = new List<JsonNode?>();
        foreach (var operation in operations.ForTransactions)
        {
            var reference = Reference(operation);
            mapping[operation.Name] = (string)reference["$ref"]!;
            requests.Add(reference);
        }

        return new JsonObject
        {
            ["oneOf"] = new JsonArray([.. requests]),
            ["discriminator"] = new JsonObject { ["propertyName"] = "op", ["mapping"] = mapping },
        };
    }

    /// <summary>
    /// The schemas that the exporter does not know: what converters write, and the width of integers.
    /// </summary>
    static JsonObject? SchemaOf(Type type)
    {
        if (type == typeof(DateTimeOffset)) return new() { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(long)) return new() { ["type"] = "integer", ["format"] = "int64" };
        return type == typeof(int) ? new() { ["type"] = "integer", ["format"] = "int32" } : null;
    }

    static JsonObject Finish(JsonTypeInfo record, JsonObject schema, bool isRequest)
    {
        if (WireDocstrings.Shared.SummaryOf(record.Type) is { } summary) schema.Insert(0, "description", summary);
        var required = record.Properties
            .Where(property => property.IsRequired || (!isRequest && !IsLeftOutWhenNull(property)))
            .Select(property => (JsonNode)property.Name);
        schema["type"] = "object";
        schema["required"] = new JsonArray([.. required]);
        schema["additionalProperties"] = false;
        return schema;
    }

    static bool IsLeftOutWhenNull(JsonPropertyInfo property) =>
        AttributesOf<JsonIgnoreAttribute>(property)
            .Any(ignore => ignore.Condition == JsonIgnoreCondition.WhenWritingNull);

    /// <summary>The bounds that a wire record states by attributes.</summary>
    void Constrain(JsonObject schema, JsonPropertyInfo property)
    {
        foreach (var range in AttributesOf<RangeAttribute>(property))
            (schema["minimum"], schema["maximum"]) = ((int)range.Minimum, (int)range.Maximum);
        foreach (var length in AttributesOf<MinLengthAttribute>(property))
            schema["minLength"] = length.Length;
        foreach (var length in AttributesOf<StringLengthAttribute>(property))
            (schema["minLength"], schema["maxLength"]) = (length.MinimumLength, length.MaximumLength);
        foreach (var length in AttributesOf<LengthAttribute>(property))
            (schema["minItems"], schema["maxItems"]) = (length.MinimumLength, length.MaximumLength);
        foreach (var pattern in AttributesOf<RegularExpressionAttribute>(property))
            schema["pattern"] = pattern.Pattern;
        foreach (var allowed in AttributesOf<AllowedValuesAttribute>(property))
            schema["enum"] = new JsonArray([.. allowed.Values.Select(value => JsonValue.Create((string)value!))]);
        foreach (var declared in AttributesOf<DeclaredValuesAttribute>(property))
            schema["enum"] = new JsonArray([.. ValuesOf(declared.Values).Select(value => JsonValue.Create(value))]);
    }

    IEnumerable<string> ValuesOf(DeclaredValues values) => values switch
    {
        DeclaredValues.DiscoverableTypes => types.Discovery.Declared.Select(kind => kind.Key),
        DeclaredValues.SchemaTargets => types.SchemaTargets.Values,
        _ => throw new ArgumentOutOfRangeException(nameof(values), values, "Nobody declares such values."),
    };

    static IEnumerable<T> AttributesOf<T>(JsonPropertyInfo property)
        where T : Attribute =>
        property.AttributeProvider is MemberInfo member ? member.GetCustomAttributes<T>() : [];
}
