using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Features.Schemas;

/// <summary>Who looks for schemas, and which of them are wanted.</summary>
internal sealed record SchemaSearch(Caller Caller, string Action, Func<SchemaRow, bool> Wants);
