using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Features.Store;

/// <summary>What the routes of records have in common.</summary>
internal static class StoreRoutes
{
    public static readonly ParameterSpec Prefix = new("prefix", "string", "Only keys that begin so.");

    public static string ReadPrefix(HttpCall call)
    {
        var prefix = call.Query.Text("prefix") ?? "";
        RecordNames.CheckPrefix(prefix, "query:prefix", call.Errors);
        return prefix;
    }
}
