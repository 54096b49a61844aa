using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Specs;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Server;

/// <summary>What a stranger asks first: which server this is, whether it is alive, and whether it can write.</summary>
/// <remarks>
/// Its routes are HTTP's alone, and no reads of the catalogue: they take no key, so there is no caller, and the
/// workspace and access of one mean nothing to them. Balancers and orchestrators ask them, who know HTTP. Another edge
/// tells its clients by means of its own which server it is.
/// </remarks>
internal sealed class ServerFeature(
    CommitLane lane, OperationRunner runner, Workspaces workspaces, IDatabase database, Quarantine quarantine,
    CancellationToken stopping)
{
    public void Map(Routes routes)
    {
        routes.Get("/", s_info, InfoAsync);
        routes.Get("/healthz", s_alive, AliveAsync);
        routes.Get("/readyz", s_ready, ReadyAsync);
    }

    static readonly RouteSpec s_info = new("server.info", "Tells the server's name and version, and where to go on.")
    {
        Role = null,
        Answers = [AnswerSpec.Json<ServerInfo>(200, "The server.")],
    };

    static readonly RouteSpec s_alive = new("server.alive", "Tells that the process answers.")
    {
        Role = null,
        Answers = [AnswerSpec.Json<Health>(200, "It does.")],
    };

    static readonly RouteSpec s_ready = new("server.ready", "Tells whether the database can be written.")
    {
        Role = null,
        Answers = [AnswerSpec.Json<Health>(200, "It can.")],
        Errors = [ErrorCodes.StorageFull, ErrorCodes.ServerStopping, ErrorCodes.StorageUnavailable],
    };

    static async ValueTask<Failure?> InfoAsync(HttpCall call)
    {
        if (NoQuery(call) is { } failure) return failure;
        await call.AnswerAsync(200, new ServerInfo("baton", ServerVersion.Text, new Dictionary<string, string>
        {
            ["openapi"] = "/openapi/v1.json",
            ["health"] = "/healthz",
            ["ready"] = "/readyz",
            ["events"] = "/events",
            ["stashes"] = "/stashes",
            ["streams"] = "/streams",
            ["store"] = "/store",
        }));
        return null;
    }

    static async ValueTask<Failure?> AliveAsync(HttpCall call)
    {
        if (NoQuery(call) is { } failure) return failure;
        await call.AnswerAsync(200, new Health("ok"));
        return null;
    }

    async ValueTask<Failure?> ReadyAsync(HttpCall call)
    {
        if (NoQuery(call) is { } failure) return failure;
        if (stopping.IsCancellationRequested)
            return new Failure(ErrorCodes.ServerStopping) { RetryAfterSeconds = 1 };
        if (lane.Ended.IsCompleted)
            return new Failure(ErrorCodes.StorageUnavailable) { RetryAfterSeconds = 1 };
        // While the disk is full, perhaps nobody writes any more because of this very answer. So a commit is tried.
        if (lane.IsStorageFull) await ProbeAsync(call.Aborted);
        if (lane.IsStorageFull) return new Failure(ErrorCodes.StorageFull) { RetryAfterSeconds = 5 };
        // If this server cannot reach a shared database, another one may: requests should then go there.
        if (database.Peers is not null) await database.ReadAsync(0, AskAsync, call.Aborted);
        var damaged = quarantine.Count;
        await call.AnswerAsync(200, new Health("ok") { DamagedWorkspaces = damaged > 0 ? damaged : null });
        return null;
    }

    /// <summary>Commits something that changes nothing: afterwards the lane knows whether the disk has room.</summary>
    async ValueTask ProbeAsync(CancellationToken cancellation)
    {
        // A commit of a page or two can succeed where every other write fails, so the room is checked first.
        if (!database.HasRoom) return;
        if (await workspaces.FindAsync(Workspaces.DefaultName, cancellation) is not { } workspaceId) return;
        var probe = new ProbeStorage { Actor = Actor.System(workspaceId) };
        await runner.RunAsync(probe, traceId: null, idempotencyKey: null, cancellation);
    }

    static async ValueTask<object?> AskAsync(ReadSession session, int nothing, CancellationToken cancellation) =>
        await session.Command("SELECT 1").ExecuteScalarAsync(cancellation);

    static Failure? NoQuery(HttpCall call)
    {
        _ = call.Query;
        return call.Errors.Any ? call.Errors.ToFailure() : null;
    }
}
