using Baton.Server.Features.Discovery;
using Baton.Server.Features.Events;
using Baton.Server.Features.Keys;
using Baton.Server.Features.Keys.Tickets;
using Baton.Server.Features.Ledger;
using Baton.Server.Features.Schemas;
using Baton.Server.Features.Server;
using Baton.Server.Features.Stashes;
using Baton.Server.Features.Store;
using Baton.Server.Features.Streams;
using Baton.Server.Features.Transactions;
using Baton.Server.Platform;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.OpenApi;
using Baton.Server.Platform.Resources;

namespace Baton.Server;

/// <summary>
/// The features of one server. Each is given the parts that it uses, here and nowhere else: none of them knows the
/// server as a whole.
/// </summary>
internal sealed class BatonFeatures
{
    readonly BatonOptions _options;
    readonly ResourceTypes _types;
    readonly Registrations _registrations;
    readonly KeyFeature _keys;
    readonly ServerFeature _server;

    /// <summary>The types of things that the features bring, in the order in which sentences name them.</summary>
    public static ResourceTypes Types { get; } = new(
        StashType.Declared, StreamType.Declared, SchemaType.Declared, StoreTypes.Record, StoreTypes.State,
        StoreTypes.Claim, KeyTypes.Key, KeyTypes.Workspace);

    /// <summary>Makes the features, and registers what they bring. Call before the server starts.</summary>
    public BatonFeatures(BatonServer server, BatonOptions options, ResourceTypes types, ILoggerFactory logs)
    {
        _options = options;
        _types = types;
        _registrations = server.Registrations;
        _keys = new KeyFeature(
            server.Ids,
            new TicketAdmission(server.Runner, server.Authenticator, server.Readers),
            new Bootstrap(
                options, server.Ids, server.Workspaces, server.Authenticator, server.Runner,
                logs.CreateLogger<Bootstrap>()));
        var schemas = new SchemaFeature(
            options, server.Ids, server.Database, server.Readers, types, server.Feed);
        Stashes = new StashFeature(
            options, server.Database, server.Readers, server.Clock, schemas.Registry, types.Sources,
            server.Runner, server.Feed);
        Streams = new StreamFeature(
            options, server.Ids, server.Database, server.Readers, server.Clock, schemas.Registry, server.Runner,
            server.Feed, server.Background);
        Store = new StoreFeature(
            options, server.Ids, server.Database, server.Readers, server.Reading, server.Runner, server.Background);
        _server = new ServerFeature(
            server.Lane, server.Runner, server.Workspaces, server.Database, server.Quarantine, server.Stopping);
        _keys.AddTo(_registrations);
        EventsFeature.AddTo(_registrations);
        LedgerFeature.AddTo(_registrations, server.Workspaces);
        Stashes.AddTo(_registrations);
        schemas.AddTo(_registrations);
        DiscoveryFeature.AddTo(_registrations, types.Discovery);
        Streams.AddTo(_registrations);
        Store.AddTo(_registrations);
        TransactionFeature.AddTo(_registrations.Operations, types.Permissions);
    }

    public StashFeature Stashes { get; }

    public StreamFeature Streams { get; }

    public StoreFeature Store { get; }

    /// <summary>Every route.</summary>
    public void Map(Routes routes)
    {
        _server.Map(routes);
        KeyFeature.Map(routes);
        EventsFeature.Map(routes);
        LedgerFeature.Map(routes);
        StashFeature.Map(routes);
        SchemaFeature.Map(routes);
        DiscoveryFeature.Map(routes);
        StreamFeature.Map(routes);
        Store.Map(routes);
        TransactionFeature.Map(routes);
        OpenApiFeature.Map(routes, _options, _registrations.Operations, _types);
    }
}
