using Baton.Server.Platform.Access;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Schemas;

/// <summary>The schema that a thing is bound to, as the thing's row keeps it.</summary>
/// <param name="SchemaId">The version that is pinned.</param>
/// <param name="Owner">
/// Whose private schema it is, empty for a public one: so that the thing can be shown without a look at the schema.
/// </param>
internal sealed record BoundSchema(string SchemaId, string Owner)
{
    public bool IsPublic => Owner.Length == 0;

    /// <summary>The id, for those who may see the schema; null for all others, for whom it is not there.</summary>
    public string? ShownTo(Actor actor) => PrivateResource.IsOpenTo(actor, Owner) ? SchemaId : null;

    /// <summary>As a column keeps it: the id, and the owner behind a slash if there is one.</summary>
    public string ToText() => IsPublic ? SchemaId : $"{SchemaId}/{Owner}";

    public static BoundSchema? Parse(string? text)
    {
        if (text is null) return null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new BoundSchema(text, "") : new BoundSchema(text[..slash], text[(slash + 1)..]);
    }
}
