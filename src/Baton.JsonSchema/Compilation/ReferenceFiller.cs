using Baton.JsonSchema.Checks;
using Baton.JsonSchema.Checks.Keywords;
using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Compilation;

/// <summary>`$ref` and `$dynamicRef`.</summary>
internal sealed class ReferenceFiller(SchemaNode node, SchemaCompiler compiler, KeywordReader reader)
{
    public IEnumerable<Check> Checks()
    {
        if (Target("$ref") is { } target)
        {
            compiler.InPlace.Add(node, target);
            yield return new ReferenceCheck(target);
        }

        if (!reader.Dialect.IsDraft7 && DynamicReference() is { } check) yield return check;
    }

    /// <summary>
    /// Only if what it names is a dynamic anchor of that name itself, it looks at the way it was reached; else it is as
    /// a `$ref`.
    /// </summary>
    Check? DynamicReference()
    {
        const string keyword = "$dynamicRef";
        if (Target(keyword) is not { } target) return null;
        var name = UriReference.Parse(reader.Text(keyword)!).Fragment ?? "";
        if (target.Place.Resource.DynamicAnchors.GetValueOrDefault(name) != target.Place)
        {
            compiler.InPlace.Add(node, target);
            return new ReferenceCheck(target);
        }

        return new DynamicReferenceCheck(target, compiler.DynamicTargetsOf(name));
    }

    SchemaNode? Target(string keyword)
    {
        if (reader.Text(keyword) is not { } reference) return null;
        var place = compiler.Resolver.Resolve(reader.Place, reference, out var problem);
        if (place is not null) return compiler.NodeOf(place);
        if (problem is not null) reader.Fault(keyword, $"The reference leads nowhere: {problem}.");
        return null;
    }
}
