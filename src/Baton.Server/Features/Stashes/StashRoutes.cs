using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Stashes;

/// <summary>What the routes of single stashes have in common.</summary>
internal static class StashRoutes
{
    public static readonly ParameterSpec Name = new("name", "string", "The stash's name: " + Names.Rule)
    {
        Pattern = Names.Pattern,
    };

    public static string ResourceOf(HttpCall call) => Stash.ResourceOf(call.Route("name"));

    public static string ReadName(HttpCall call)
    {
        var name = call.Route("name");
        Names.Check(name, "path:name", call.Errors);
        return name;
    }
}
