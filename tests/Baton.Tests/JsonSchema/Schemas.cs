using System.Text;
using Baton.JsonSchema;

namespace Baton.Tests.JsonSchema;

/// <summary>Compiles and validates texts.</summary>
internal static class Schemas
{
    public static CompiledSchema Compile(string definition, SchemaSettings? settings = null)
    {
        var compilation = CompiledSchema.Compile(Encoding.UTF8.GetBytes(definition), settings: settings);
        Assert.Empty(compilation.Faults);
        return compilation.Schema!;
    }

    public static IReadOnlyList<SchemaFault> Faults(string definition, Func<string, byte[]?>? registered = null)
    {
        var compilation = CompiledSchema.Compile(Encoding.UTF8.GetBytes(definition), registered);
        Assert.Equal(compilation.Faults.Count > 0, compilation.Schema is null);
        return compilation.Faults;
    }

    public static IReadOnlyList<SchemaViolation> Check(string definition, string document) =>
        Compile(definition).Validate(Encoding.UTF8.GetBytes(document));

    public static bool Accepts(string definition, string document) => Check(definition, document).Count == 0;

    public static IReadOnlyList<SchemaViolation> Validate(this CompiledSchema schema, string document) =>
        schema.Validate(Encoding.UTF8.GetBytes(document));
}
