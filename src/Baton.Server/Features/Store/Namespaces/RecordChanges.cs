using System.Text.Json;
using Baton.Contracts;
using Baton.Contracts.Json;
using Baton.Contracts.Store;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>The changes of records, as the ledger's entries tell them.</summary>
internal static class RecordChanges
{
    /// <summary>The change as JSON; null if the entry is not a change, or is not wanted.</summary>
    public static byte[]? Render(
        Caller caller, string action, FeedFilter filter, FeedEntry entry, string prefix)
    {
        var ledger = entry.Entry;
        if (!filter.Matches(ledger) || ledger.Outcome != "ok") return null;
        if (!caller.MaySee(action, ledger.Resource)) return null;
        var key = ResourceName.Decode(ledger.Resource[(ledger.Resource.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        // A follower of a prefix is told of a clear too, because it removes those keys.
        if (key.Length > 0 && !key.StartsWith(prefix, StringComparison.Ordinal)) return null;
        return Serialize(new RecordChange
        {
            Key = key.Length == 0 ? null : key,
            Op = ledger.Action[(ledger.Action.IndexOf('.', StringComparison.Ordinal) + 1)..],
            Version = ledger.Version,
            Seq = ledger.Seq,
        });
    }

    public static byte[] Serialize(RecordChange change) =>
        JsonSerializer.SerializeToUtf8Bytes(change, BatonJson.Options.GetTypeInfo(typeof(RecordChange)));
}
