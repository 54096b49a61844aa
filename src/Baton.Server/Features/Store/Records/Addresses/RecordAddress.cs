using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Features.Store.Records.Addresses;

/// <summary>
/// Where a record is, read from the target of a request as it was sent. The first part of the path is the namespace,
/// and all the rest is the key; each is decoded once. Or the key stands in `?key=`.
/// </summary>
/// <param name="Namespace">The namespace as <see cref="RecordSpace.StoredNamespace"/> makes it.</param>
/// <param name="Key">The key. Empty: the whole namespace is meant.</param>
internal readonly record struct RecordAddress(string Namespace, string Key)
{
    public const string KeyParameter = "key";

    public static readonly ParameterSpec InPath = new(
        KeyParameter, "string",
        "The key: all the rest of the path, decoded once; " + RecordNames.Rule)
    {
        Pattern = RecordNames.Pattern,
        TakesRest = true,
    };

    public static readonly ParameterSpec InQuery = new(
        KeyParameter, "string",
        "The key, in place of that in the path, as in `?key=a%2F..%2Fb`: for keys with a part `.` or `..`.")
    {
        MinLength = 1,
    };

    public static ParameterSpec NamespaceOf(RecordSpace space) => space.IsState
        ? new(space.Parameter, "string", "The agent: " + Names.Rule) { Pattern = Names.Pattern }
        : new(
            space.Parameter, "string",
            "The namespace, percent-encoded as one part of the path, decoded once; not `.` or `..`; "
            + RecordNames.Rule)
        {
            Pattern = RecordNames.Pattern,
        };

    public RecordKey In(string workspaceId) => new(workspaceId, Namespace, Key);

    /// <summary>The address of one record; what is wrong with it is noted.</summary>
    public static RecordAddress Read(HttpCall call, RecordSpace space)
    {
        var (name, rest) = ReadParts(call, space);
        var inQuery = call.Query.Text(KeyParameter);
        if (rest.Length > 0 && inQuery is not null)
            call.Errors.Add("query:key", "The key stands in the path and in `key`: give it once.");
        if (inQuery is not null) return new(name, Check(call, inQuery, "query:key"));
        var key = Decode(rest);
        if (key is null) return new(name, Malformed(call));
        if (HasDots(key))
            call.Errors.Add("path:key", "The key has a part `.` or `..`: give it as `?key=`, percent-encoded.");
        return new(name, Check(call, key, "path:key"));
    }

    /// <summary>The namespace alone, of a path that goes on with nothing but a verb.</summary>
    public static string ReadNamespace(HttpCall call, RecordSpace space, string verb = "")
    {
        var (name, rest) = ReadParts(call, space);
        // The web server has taken `.` and `..` out of the path: what is left must be what was sent.
        if (Decode(rest.TrimEnd('/')) != verb)
            call.Errors.Add("path", "The path has a part `.` or `..`: a key with one goes into `?key=`.");
        return name;
    }

    /// <summary>The address of a request's record.</summary>
    public static RecordAddress Of(RecordRequest request) => new(RecordSpace.StoredNamespaceOf(request), request.Key);

    /// <summary>What a request is about.</summary>
    public static string ResourceOf(RecordRequest request) =>
        RecordSpace.ResourceOf(RecordSpace.StoredNamespaceOf(request), request.Key);

    /// <summary>What the request is about, as far as it can be told.</summary>
    public static string ResourceOf(HttpCall call, RecordSpace space)
    {
        var (name, key) = Guess(call, space);
        return RecordSpace.ResourceOf(space.StoredNamespace(name), call.Spec.Path.Count > 1 ? key : "");
    }

    /// <summary>The namespace and the key, as far as they can be told.</summary>
    public static (string Namespace, string Key) Guess(HttpCall call, RecordSpace space)
    {
        var (name, rest) = Split(call, space);
        var key = rest.Length > 0 ? Decode(rest) ?? rest : call.Http.Request.Query[KeyParameter].ToString();
        return (Decode(name) ?? name, key);
    }

    static (string Namespace, string Key) ReadParts(HttpCall call, RecordSpace space)
    {
        var (name, rest) = Split(call, space);
        var decoded = Decode(name);
        if (decoded is null) return (Malformed(call), rest);
        if (space.IsState) Names.Check(decoded, "path:" + space.Parameter, call.Errors);
        else RecordNames.CheckNamespace(decoded, "path:" + space.Parameter, call.Errors);
        return (space.StoredNamespace(decoded), rest);
    }

    /// <summary>The parts after `/store/`, still encoded.</summary>
    static (string Namespace, string Key) Split(HttpCall call, RecordSpace space)
    {
        var path = RawTarget.PathOf(call.Http.Request);
        var root = $"/{space.Name}/";
        if (!path.StartsWith(root, StringComparison.OrdinalIgnoreCase)) return ("", "");
        var slash = path.IndexOf('/', root.Length);
        return slash < 0 ? (path[root.Length..], "") : (path[root.Length..slash], path[(slash + 1)..]);
    }

    static string Check(HttpCall call, string key, string pointer)
    {
        RecordNames.CheckKey(key, pointer, call.Errors);
        return key;
    }

    static string Malformed(HttpCall call)
    {
        call.Errors.Add(ErrorCodes.RequestMalformed, "path", "The path is not percent-encoded UTF-8.");
        return "";
    }

    /// <summary>In a path a plus is a plus.</summary>
    static string? Decode(string text) => InputText.Decode(text.Replace("+", "%2B", StringComparison.Ordinal));

    static bool HasDots(string key) =>
        key.Contains('.', StringComparison.Ordinal) && Array.Exists(key.Split('/'), part => part is "." or "..");
}
