using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Checks;

/// <summary>
/// By resource: the schema at its dynamic anchor of one name. Shared by all references to that name, filled in by the
/// compiler, and never changed after that.
/// </summary>
internal sealed class DynamicTargets : Dictionary<SchemaResource, SchemaNode>;
