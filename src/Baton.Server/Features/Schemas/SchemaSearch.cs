using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Schemas;

/// <summary>Who looks for schemas, and which of them are wanted.</summary>
internal sealed record SchemaSearch(Actor Actor, string Action, Func<SchemaRow, bool> Wants);
