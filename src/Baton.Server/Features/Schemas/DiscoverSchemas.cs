using Baton.Contracts;
using Baton.Contracts.Discovery;
using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Reading.Discovery;

namespace Baton.Server.Features.Schemas;

/// <summary>The schemas that discovery shows.</summary>
internal static class DiscoverSchemas
{
    /// <summary>The bytes of an item besides its description.</summary>
    const int BytesPerItem = 1000;

    /// <summary>A page of schemas after a place: the newest version of each name.</summary>
    public static async ValueTask<Page<DiscoveryItem>> ReadAsync(DiscoveryQuery query, string after, int limit)
    {
        var search = new SchemaSearch(
            query.Caller, query.Action, row => query.Wants(row.Name, row.Description),
            // A description of control characters has six bytes for each on the wire.
            row => BytesPerItem + (6L * (row.Description?.Length ?? 0)));
        return (await search.ReadAsync(after, limit)).ToPage(ToItem);
    }

    static DiscoveryItem ToItem(SchemaRow row) => new()
    {
        Type = SchemaType.Name,
        Name = row.Name,
        Id = row.SchemaId,
        Description = row.Description,
        Version = row.Version,
        TargetType = row.TargetType,
        CreatedAt = Micros.ToTime(row.CreatedAt),
        CreatedBy = row.CreatedBy,
    };
}
