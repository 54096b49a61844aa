namespace Baton.JsonSchema;

/// <summary>What <see cref="CompiledSchema.Compile"/> made: a schema, or faults.</summary>
public sealed record SchemaCompilation(CompiledSchema? Schema, IReadOnlyList<SchemaFault> Faults);
