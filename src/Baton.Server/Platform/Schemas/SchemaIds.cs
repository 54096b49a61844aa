using System.Buffers;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Schemas;

/// <summary>The form of a schema's id, `sch_…`: one version of a schema, pinned.</summary>
internal static class SchemaIds
{
    public const string Prefix = "sch_";
    public const string Pattern = "^sch_[0-9a-z]{1,60}$";
    public const string PatternOrEmpty = "^(sch_[0-9a-z]{1,60})?$";
    const int MaxLength = 64;

    static readonly SearchValues<char> s_allowed = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz");

    public static bool IsId(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.Length > Prefix.Length && text.Length <= MaxLength
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(s_allowed);

    /// <summary>A parameter of the query that binds to a schema; empty unbinds; null when it is not there.</summary>
    public static string? Read(string? text, string parameter, InputErrors errors)
    {
        if (Check(text) is not { } wrong) return text;
        errors.Add("query:" + parameter, $"`{parameter}` is {wrong}");
        return null;
    }

    /// <summary>What is wrong with what should bind to a schema; null when it is an id, empty or not there.</summary>
    public static string? Check(string? text) =>
        text is null or "" || IsId(text)
            ? null
            : $"\"{InputText.Shorten(text)}\", but must be the id of one version, `sch_…`, "
                + "or empty; GET /schema/{name} tells the newest one's.";
}
