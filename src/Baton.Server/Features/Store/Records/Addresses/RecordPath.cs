using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Features.Store.Records.Addresses;

/// <summary>
/// Reads where a record, or a namespace, is from the target of a request as it was sent. The first part of the path is
/// the namespace, and all the rest is the key; each is decoded once. Or the key stands in `?key=`.
/// </summary>
/// <param name="space">Whose path it is.</param>
/// <param name="verb">What follows the namespace; null: a key does.</param>
internal sealed class RecordPath(RecordSpace space, string? verb) : IPathReader
{
    public const string KeyParameter = "key";

    static readonly ParameterSpec s_keyInPath = new(
        KeyParameter, "string",
        "The key: all the rest of the path, decoded once; " + RecordNames.Rule)
    {
        Pattern = RecordNames.Pattern,
        TakesRest = true,
    };

    static readonly ParameterSpec s_keyInQuery = new(
        KeyParameter, "string",
        "The key, in place of that in the path, as in `?key=a%2F..%2Fb`: for keys with a part `.` or `..`.")
    {
        MinLength = 1,
    };

    public IReadOnlyList<ParameterSpec> Path { get; } =
        verb is null ? [NamespaceOf(space), s_keyInPath] : [NamespaceOf(space)];

    public IReadOnlyList<ParameterSpec> Query { get; } = verb is null ? [s_keyInQuery] : [];

    public static RecordPath OfRecord(RecordSpace space) => new(space, verb: null);

    public static RecordPath OfNamespace(RecordSpace space, string verb = "") => new(space, verb);

    public string[] Read(HttpCall call)
    {
        var (name, rest) = Split(call);
        var decoded = Decode(name) ?? name;
        if (verb is not null) return [decoded];
        var key = rest.Length > 0 ? Decode(rest) ?? rest : call.Http.Request.Query[KeyParameter].ToString();
        return [decoded, key];
    }

    public void Check(HttpCall call)
    {
        var (name, rest) = Split(call);
        CheckName(call, name);
        if (verb is null) CheckKey(call, rest);
        // The web server has taken `.` and `..` out of the path: what is left must be what was sent.
        else if (Decode(rest.TrimEnd('/')) != verb)
            call.Errors.Add("path", "The path has a part `.` or `..`: a key with one goes into `?key=`.");
    }

    void CheckName(HttpCall call, string name)
    {
        var place = "path:" + space.Parameter;
        if (Decode(name) is not { } decoded) AddMalformed(call);
        else if (space.IsState) Names.Check(decoded, place, call.Errors);
        else RecordNames.CheckNamespace(decoded, place, call.Errors);
    }

    static void CheckKey(HttpCall call, string rest)
    {
        if (call.Query.Text(KeyParameter) is { } inQuery)
        {
            if (rest.Length > 0)
                call.Errors.Add("query:key", "The key stands in the path and in `key`: give it once.");
            RecordNames.CheckKey(inQuery, "query:key", call.Errors);
        }
        else if (Decode(rest) is not { } key) AddMalformed(call);
        else
        {
            if (HasDots(key))
                call.Errors.Add("path:key", "The key has a part `.` or `..`: give it as `?key=`, percent-encoded.");
            RecordNames.CheckKey(key, "path:key", call.Errors);
        }
    }

    static void AddMalformed(HttpCall call) =>
        call.Errors.Add(ErrorCodes.RequestMalformed, "path", "The path is not percent-encoded UTF-8.");

    static ParameterSpec NamespaceOf(RecordSpace space) => space.IsState
        ? new(space.Parameter, "string", "The agent: " + Names.Rule) { Pattern = Names.Pattern }
        : new(
            space.Parameter, "string",
            "The namespace, percent-encoded as one part of the path, decoded once; not `.` or `..`; "
            + RecordNames.Rule)
        {
            Pattern = RecordNames.Pattern,
        };

    /// <summary>The parts after `/store/`, still encoded.</summary>
    (string Namespace, string Key) Split(HttpCall call)
    {
        var path = RawTarget.PathOf(call.Http.Request);
        var root = $"/{space.Name}/";
        if (!path.StartsWith(root, StringComparison.OrdinalIgnoreCase)) return ("", "");
        var slash = path.IndexOf('/', root.Length);
        return slash < 0 ? (path[root.Length..], "") : (path[root.Length..slash], path[(slash + 1)..]);
    }

    /// <summary>In a path a plus is a plus.</summary>
    static string? Decode(string text) => InputText.Decode(text.Replace("+", "%2B", StringComparison.Ordinal));

    static bool HasDots(string key) =>
        key.Contains('.', StringComparison.Ordinal) && Array.Exists(key.Split('/'), part => part is "." or "..");
}
