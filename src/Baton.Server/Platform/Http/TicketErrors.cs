using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Http;

/// <summary>
/// Refuses what contradicts a ticket. A ticket fixes the key, the workspace and the agent of a request, so headers that
/// name one of them are refused, whether they would have an effect or not.
/// </summary>
internal static class TicketErrors
{
    static readonly string[] s_actorHeaders = ["Baton-Workspace", "Baton-Agent"];

    /// <param name="request">One with a ticket in its query.</param>
    /// <param name="tickets">How many there are.</param>
    public static Failure? Of(HttpRequest request, int tickets)
    {
        if (request.Headers.ContainsKey("X-API-KEY") || Authenticator.SecretOf(request) is not null)
            return Wrong("The request has a key and a ticket: send one. A ticket opens a GET without a key.");
        if (tickets > 1) return Wrong("`ticket` is given twice: send one.");
        if (!HttpMethods.IsGet(request.Method))
            return new Failure(
                ErrorCodes.AuthRequired, $"A ticket opens a GET; for {request.Method} send the key in a header.");
        var named = Array.Find(s_actorHeaders, request.Headers.ContainsKey);
        return named is null ? null : Named(named);
    }

    static Failure Wrong(string message)
    {
        var errors = new InputErrors();
        errors.Add("query:" + TicketParameter.Name, message);
        return errors.ToFailure();
    }

    static Failure Named(string header)
    {
        var errors = new InputErrors();
        errors.Add(
            ErrorCodes.RequestInvalidHeader,
            "header:" + header,
            $"{header} does not go with a ticket, which acts in the workspace, and as the agent, it was made for: "
            + "leave the header out, or make the ticket with it.");
        return errors.ToFailure();
    }
}
