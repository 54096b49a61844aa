using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Store;

/// <summary>What the routes of records have in common.</summary>
internal static class StoreRoutes
{
    public static readonly ParameterSpec IfMatch = new(
        "If-Match", "string", "Only if it has this version: `\"3\"`; `*`: only if it is there.")
    {
        Pattern = Precondition.IfMatchPattern,
    };

    public static readonly ParameterSpec IfNoneMatch = new("If-None-Match", "string", "`*`: only if it is absent.")
    {
        Pattern = @"^\*$",
    };

    public static readonly ParameterSpec Ttl = new(
        "ttl", "integer", "Seconds until the record ends; without it, never.")
    {
        Minimum = 1,
        Maximum = StoreOptions.MaxTtlSeconds,
    };

    public static readonly ParameterSpec Prefix = new("prefix", "string", "Only keys that begin so.");

    public static string ReadPrefix(HttpCall call)
    {
        var prefix = call.Query.Text("prefix") ?? "";
        RecordNames.CheckPrefix(prefix, "query:prefix", call.Errors);
        return prefix;
    }
}
