using System.Text;
using System.Text.Json;
using Baton.JsonSchema;
using Baton.Tests.Tidy;

namespace Baton.Tests.JsonSchema;

/// <summary>
/// The official JSON Schema test suite, where it is there: in the folder that BATON_SCHEMA_SUITE names, or beside the
/// repository. It is not a part of it.
/// </summary>
internal static class SuiteFiles
{
    const string RemotePrefix = "http://localhost:1234/";

    static readonly Lazy<IReadOnlyDictionary<string, byte[]>> s_remotes = new(ReadRemotes);

    public static string? Root { get; } = new[]
    {
        Environment.GetEnvironmentVariable("BATON_SCHEMA_SUITE"),
        Path.Combine(Repository.Root, "../shared/data/json-schema-test-suite"),
    }.FirstOrDefault(path => !string.IsNullOrEmpty(path) && Directory.Exists(Path.Combine(path, "tests")));

    /// <summary>The files of a draft, by name; one that says so when there are none.</summary>
    public static IEnumerable<string> Names(string draft) => Root is null
        ? ["(absent)"]
        : Directory.GetFiles(Path.Combine(Root, "tests", draft), "*.json").Select(Path.GetFileName).Order()!;

    public static JsonElement Read(string draft, string name) =>
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(Root!, "tests", draft, name)));

    /// <summary>A schema of the suite; the files of draft 7 do not say which draft they are.</summary>
    public static SchemaCompilation Compile(JsonElement schema, string draft, bool assertFormats = false) =>
        CompiledSchema.Compile(Text(schema, draft), Registered, new SchemaSettings { AssertFormats = assertFormats });

    public static byte[] Text(JsonElement schema, string draft)
    {
        var text = schema.GetRawText();
        var isObject = schema.ValueKind == JsonValueKind.Object;
        if (draft == "draft7" && isObject && !schema.TryGetProperty("$schema", out _))
        {
            var comma = schema.EnumerateObject().Any() ? "," : "";
            text = $"{{\"$schema\":\"http://json-schema.org/draft-07/schema#\"{comma}{text.AsSpan(1)}";
        }

        return Encoding.UTF8.GetBytes(text);
    }

    public static byte[]? Registered(string uri) => s_remotes.Value.GetValueOrDefault(uri);

    static Dictionary<string, byte[]> ReadRemotes()
    {
        var folder = Path.Combine(Root!, "remotes");
        return Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).ToDictionary(
            path => RemotePrefix + Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllBytes);
    }
}
