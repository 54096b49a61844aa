using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Schemas;

/// <summary>What the routes of single schemas have in common.</summary>
internal static class SchemaRoutes
{
    public static readonly ParameterSpec IdOrName = new(
        "schema_id", "string", "The id of a version, `sch_…`, or a name, which means its newest version.")
    {
        Pattern = "^(?!\\.+$)(?!(str|msg|mem|br|trg|key|clm|ws)_)[A-Za-z0-9._-]{1,128}$",
    };

    public static readonly ParameterSpec Name = new("name", "string", "The name: " + Names.Rule)
    {
        Pattern = Names.Pattern,
    };

    /// <summary>
    /// For the ledger of refusals: what a caller named may be somebody's secret, so only that caller and admins read
    /// it.
    /// </summary>
    public static string ResourceOf(string schemaId, Actor actor) =>
        PrivateResource.Of(SchemaType.Name, schemaId.Replace('/', '_'), actor.Name);

    /// <inheritdoc cref="ResourceOf(string, Actor)"/>
    public static string ResourceOf(HttpCall call) => ResourceOf(call.Route("schema_id"), call.Actor);

    /// <summary>Of a route that names all versions of one; a private one is another thing for each who asks.</summary>
    public static string ResourceOfName(HttpCall call) => PrivateResource.Of(
        SchemaType.Name, call.Route("name").Replace('/', '_'), call.Actor.Name);

    public static string ReadIdOrName(HttpCall call)
    {
        var text = call.Route("schema_id");
        if (!SchemaIds.IsId(text) && !Names.IsName(text))
            call.Errors.Add(
                "path:schema_id",
                $"\"{InputText.Shorten(text)}\" must be the id of a version, `sch_…`, or a name: {Names.Rule}");
        return text;
    }

    public static string ReadName(HttpCall call)
    {
        var name = call.Route("name");
        Names.Check(name, "path:name", call.Errors);
        return name;
    }
}
