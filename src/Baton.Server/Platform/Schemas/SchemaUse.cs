namespace Baton.Server.Platform.Schemas;

/// <summary>A thing's schema, and until when the thing lives.</summary>
/// <param name="Schema">Null: it is not bound.</param>
/// <param name="ExpiresAt">In microseconds since 1970-01-01 UTC; null for never.</param>
internal readonly record struct SchemaUse(BoundSchema? Schema, long? ExpiresAt);
