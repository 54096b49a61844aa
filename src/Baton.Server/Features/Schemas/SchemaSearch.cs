using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Features.Schemas;

/// <summary>What somebody looks for among schemas.</summary>
/// <param name="Caller">Who looks.</param>
/// <param name="Action">For the access filter.</param>
/// <param name="Wants">Which are wanted.</param>
/// <param name="SizeOf">Bytes that one takes of the page.</param>
internal sealed record SchemaSearch(
    Caller Caller, string Action, Func<SchemaRow, bool> Wants, Func<SchemaRow, long> SizeOf);
