using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Stashes;

/// <summary>What the routes of single stashes have in common.</summary>
internal static class StashRoutes
{
    public static readonly ParameterSpec Name = new("name", "string", "The stash's name: " + Names.Rule)
    {
        Pattern = Names.Pattern,
    };

    public static readonly ParameterSpec IfMatch = new(
        "If-Match", "string", "Only if it has this version: `\"3\"`; `*`: only if it is there.")
    {
        Pattern = Precondition.IfMatchPattern,
    };

    public static readonly ParameterSpec IfNoneMatch = new("If-None-Match", "string", "`*`: only if it is absent.")
    {
        Pattern = @"^\*$",
    };

    public const string DefaultContentType = "application/octet-stream";

    public static string ResourceOf(HttpCall call) => Stash.ResourceOf(call.Route("name"));

    public static string ReadName(HttpCall call)
    {
        var name = call.Route("name");
        Names.Check(name, "path:name", call.Errors);
        return name;
    }

    public static string ReadContentType(HttpCall call)
    {
        var type = call.Http.Request.ContentType;
        if (string.IsNullOrEmpty(type)) return DefaultContentType;
        CheckContentType(type, call.Errors);
        return type;
    }

    public static void CheckContentType(string type, InputErrors errors)
    {
        if (type.Length is 0 or > StashOptions.MaxContentTypeLength || type.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            errors.Add(
                ErrorCodes.RequestInvalidHeader, "header:Content-Type",
                $"Content-Type must be 1 to {StashOptions.MaxContentTypeLength} visible ASCII characters.");
    }
}
