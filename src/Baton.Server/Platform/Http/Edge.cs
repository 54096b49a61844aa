using System.Globalization;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http.Headers;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Waits;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Http;

/// <summary>
/// What every request passes, in this order: authentication, rate limit, workspace and agent, role, the commit that
/// it wants to see; then its handler; and in the end the one mapping from failures to answers.
/// </summary>
internal sealed partial class Edge(EdgeServices services, ILogger<Edge> log)
{
    const int MinSeqWaitSeconds = 5;

    public async Task ServeAsync(HttpContext http, Route route)
    {
        var call = new HttpCall(http, route, services);
        Failure? failure;
        try
        {
            route.Caching.Apply(http.Response.Headers);
            failure = await AdmitAsync(call) ?? await RequestContent.CheckAsync(call) ?? await route.Handler(call);
            if (failure?.Code.Status == StatusCodes.Status403Forbidden) await RecordRefusalAsync(call, failure);
        }
        catch (BadHttpRequestException bad)
        {
            failure = Explain(bad);
        }
        catch (IOException bad) when (bad.InnerException is OverflowException)
        {
            // Kestrel's word for a chunk whose size is no number it can hold.
            failure = new Failure(ErrorCodes.RequestMalformed, "The chunked body is malformed.");
        }
        catch (Exception gone) when (http.RequestAborted.IsCancellationRequested
            && gone is OperationCanceledException or IOException)
        {
            // The caller went away: there is nobody to answer.
            return;
        }
        catch (StorageUnavailableException)
        {
            failure = new Failure(ErrorCodes.StorageUnavailable) { RetryAfterSeconds = 1 };
        }
        catch (Exception bug)
        {
            LogBug(bug, route.Spec.Action);
            failure = new Failure(ErrorCodes.ServerInternal);
        }
        finally
        {
            call.Release();
        }

        if (failure is null) return;
        if (!http.Response.HasStarted) call.ShowSeq();
        await ProblemWriter.WriteAsync(http, failure);
    }

    async ValueTask<Failure?> AdmitAsync(HttpCall call)
    {
        if (call.Spec.Role is not { } leastRole) return null;
        var key = await FindKeyAsync(call);
        if (key.Failure is { } unknown) return unknown;
        var request = call.Http.Request;
        if (key.Value!.Row.RateLimit is { } limit
            && services.RateLimiter.Count(key.Value.Row.KeyId, limit, call.Http.Response) is { } limited)
            return limited;
        if (await NameActorAsync(call, key.Value) is { } misnamed) return misnamed;
        if (services.Quarantine.Check(call.Actor.WorkspaceId) is { } damaged) return damaged;
        if (Refuse(call, leastRole) is { } refused) return refused;
        if (!call.Spec.IsMutation && request.Headers.ContainsKey("Idempotency-Key"))
            return new Failure(ErrorCodes.RequestIdempotencyNotSupported);
        return request.Headers.TryGetValue("Baton-Min-Seq", out var minSeq)
            ? await AwaitSeqAsync(call, minSeq.ToString())
            : null;
    }

    /// <summary>
    /// Of a read the role is asked here. Whether the caller may see a thing is asked of each one that is shown.
    /// </summary>
    Failure? Refuse(HttpCall call, Role leastRole)
    {
        if (!call.Spec.IsWrite && call.Actor.Role >= leastRole) return null;
        var (permissions, resource) = (services.Reading.Permissions, call.Spec.Resource(call));
        return permissions.May(call.Actor, leastRole, call.Spec.Action, resource)
            ? null
            : permissions.Denied(call.Actor, leastRole, call.Spec.Action, resource);
    }

    /// <summary>By the key in a header, or by a ticket in the query of a GET.</summary>
    async ValueTask<Outcome<AdmittedKey>> FindKeyAsync(HttpCall call)
    {
        var request = call.Http.Request;
        var tickets = TicketParameter.In(request);
        if (tickets.Count > 0)
        {
            // Before the ticket is used up: a mistake costs no ticket.
            if (TicketErrors.Of(request, tickets.Count) is { } refused)
            {
                if (refused.Code == ErrorCodes.AuthRequired) services.Metrics.Unauthenticated();
                return refused;
            }

            if (await RequestContent.CheckAsync(call) is { } carried) return carried;
            var used = await services.Tickets.UseAsync(tickets[0], RawTarget.TicketPathOf(request), call.Aborted);
            if (used is not null) return used.Value;
        }
        else if (Authenticator.SecretOf(request) is { } text)
        {
            var secret = SecretHash.Of(text);
            var row = await services.Reading.Authenticator.FindAsync(secret, call.Aborted);
            if (row is not null) return new AdmittedKey(row, secret, WorkspaceId: null, AgentId: null);
        }

        services.Metrics.Unauthenticated();
        return new Failure(ErrorCodes.AuthRequired);
    }

    async ValueTask<Failure?> NameActorAsync(HttpCall call, AdmittedKey key)
    {
        var row = key.Row;
        var workspaceId = key.WorkspaceId ?? row.WorkspaceId;
        var headers = call.Http.Request.Headers;
        var actor = new Actor(workspaceId, key.AgentId ?? row.AgentId, row.KeyId, row.Role, row.WorkspaceId)
        {
            IsBound = row.AgentId is not null,
        };
        if (headers.TryGetValue("Baton-Workspace", out var named))
        {
            // For whoever may not look, another workspace is as absent as one that nobody has.
            var found = await services.Workspaces.FindAsync(named.ToString(), call.Aborted);
            if (found is null || (row.Role != Role.Server && found != row.WorkspaceId))
                return new Failure(
                    ErrorCodes.WorkspaceNotFound, $"There is no workspace {InputText.Shorten(named.ToString())}.");
            actor = actor with { WorkspaceId = found };
        }

        // A refusal further down is told of this caller.
        call.Caller = CallerOf(call, actor, key.Secret);

        // Made by another server: from here on this one follows it.
        if (!services.Reading.Feed.Knows(call.Actor.WorkspaceId))
            await services.Reading.Feed.RefreshAsync(call.Actor.WorkspaceId, call.Aborted);
        if (!headers.TryGetValue("Baton-Agent", out var agent)) return null;
        if (!Names.IsName(agent.ToString()))
            return InvalidHeader("Baton-Agent", agent.ToString(), Names.Rule);
        if (call.Actor.AgentId is { } bound && bound != agent)
            return new Failure(
                ErrorCodes.AccessAgentMismatch,
                $"The key is bound to {bound}, and Baton-Agent names {InputText.Shorten(agent.ToString())}.");
        call.Caller = CallerOf(call, actor with { AgentId = agent.ToString() }, key.Secret);
        return null;
    }

    Caller CallerOf(HttpCall call, Actor actor, SecretHash secret) =>
        new(services.Reading, actor, secret, TraceContext.TraceId(call.Http), call.Aborted);

    /// <summary>The refusal of an authenticated caller is evidence, wherever it came from.</summary>
    ValueTask RecordRefusalAsync(HttpCall call, Failure failure)
    {
        var (action, resource) = failure.Refused ?? (call.Spec.Action, call.Spec.Resource(call));
        return services.Refusals.RecordAsync(
            call.Actor, action, resource, failure.Code.Code, call.Caller.TraceId, call.Aborted);
    }

    async ValueTask<Failure?> AwaitSeqAsync(HttpCall call, string text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted))
            return InvalidHeader("Baton-Min-Seq", text, "a whole number.");
        var workspaceId = call.Actor.WorkspaceId;
        if (services.Reading.Feed.Head(workspaceId) >= wanted
            || await services.Reading.Feed.RefreshAsync(workspaceId, call.Aborted) >= wanted)
            return null;
        var caughtUp = await Waiting.UntilAsync(
            call.Caller, FeedFilter.Everything, TimeSpan.FromSeconds(MinSeqWaitSeconds),
            () => new ValueTask<bool>(services.Reading.Feed.Head(workspaceId) >= wanted));
        if (caughtUp.Failure is { } failure) return failure;
        return caughtUp.Value
            ? null
            : new Failure(
                ErrorCodes.ReadNotCaughtUp,
                $"Commit {wanted} was asked for; the newest here is {services.Reading.Feed.Head(workspaceId)}.")
            {
                RetryAfterSeconds = 1,
            };
    }

    static Failure InvalidHeader(string name, string value, string wanted)
    {
        var errors = new InputErrors();
        errors.Add(
            ErrorCodes.RequestInvalidHeader,
            "header:" + name,
            $"{name} is {InputText.Shorten(value)}, but must be {wanted}");
        return errors.ToFailure();
    }

    static Failure Explain(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => new Failure(ErrorCodes.RequestBodyTooSlow),
        StatusCodes.Status413PayloadTooLarge => new Failure(ErrorCodes.RequestBodyTooLarge),
        _ => new Failure(ErrorCodes.RequestMalformed),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request for {Action} failed by a fault of the server")]
    partial void LogBug(Exception bug, string action);
}
