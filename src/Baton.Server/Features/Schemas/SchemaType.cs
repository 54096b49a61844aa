using Baton.Server.Platform.Access;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading.Discovery;
using Baton.Server.Platform.Resources;

namespace Baton.Server.Features.Schemas;

/// <summary>What a schema is to the rest of the server.</summary>
internal static class SchemaType
{
    public const string Name = "schema";

    public static ResourceType Declared { get; } = new(Name, PrivateResource.Rule)
    {
        Discovery = new DiscoveryKind("schemas", DiscoverSchemas.ReadAsync)
        {
            Shown = "the newest version of every schema",
            Which = "that the caller can see",
        },
        Check = SchemaLedgerCheck.RunAsync,
    };

    /// <summary>
    /// What a request is about that names a schema, for the ledger of refusals: what a caller named may be somebody's
    /// secret, so only that caller and admins read it.
    /// </summary>
    public static string AskedBy(Actor actor, string idOrName) =>
        PrivateResource.Of(Name, idOrName.Replace('/', '_'), actor.Name);
}
