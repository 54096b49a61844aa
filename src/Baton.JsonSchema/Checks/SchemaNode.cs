using Baton.JsonSchema.Checks.Keywords;
using Baton.JsonSchema.Documents;
using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Checks;

/// <summary>
/// A schema as checks, by the kind of value that they are for. The compiler fills it in, once; from then on it is
/// shared by all threads and never changes.
/// </summary>
internal sealed class SchemaNode(SchemaPlace place)
{
    public SchemaPlace Place { get; } = place;

    /// <summary>The schema `true` or `false`.</summary>
    public bool? Always { get; set; }

    public TypeSet Types { get; set; } = TypeSet.Any;

    public StringChecks? Strings { get; set; }

    public NumberChecks? Numbers { get; set; }

    public ArrayChecks? Arrays { get; set; }

    public ObjectChecks? Objects { get; set; }

    /// <summary>Checks for values of any kind: constants, references, combinations.</summary>
    public Check[] Others { get; set; } = [];

    /// <summary>Checks of what no other keyword has looked at; last, because they need to know.</summary>
    public UnevaluatedChecks? Unevaluated { get; set; }

    /// <summary>Whether dynamic references may want to know that this resource was entered.</summary>
    public bool KeepsScope { get; set; }

    /// <summary>
    /// Whether a value is valid. The children that were evaluated are added to `evaluated`, if it is given.
    /// </summary>
    public bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated = null)
    {
        if (!evaluation.Enter(token)) return false;
        var former = KeepsScope ? evaluation.EnterScope(Place.Resource) : null;
        var isValid = Unevaluated is null
            ? Check(ref evaluation, token, evaluated)
            : Unevaluated.CheckWith(this, ref evaluation, token, evaluated);
        if (KeepsScope) evaluation.LeaveScope(former);
        evaluation.Leave();
        return isValid;
    }

    /// <summary>All but the unevaluated keywords.</summary>
    public bool Check(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        if (Always is { } always)
            return always || evaluation.Violations.Refuse(token, "false", $"Nothing is allowed here: remove it.");
        if (!Types.Accepts(ref evaluation, token)) return false;
        var isValid = CheckKind(ref evaluation, token, evaluated);
        foreach (var check in Others)
        {
            if (!isValid && !evaluation.Collects) return false;
            isValid &= check.Accepts(ref evaluation, token, evaluated);
        }

        return isValid;
    }

    bool CheckKind(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated) =>
        evaluation.Document[token].Kind switch
        {
            TokenKind.String or TokenKind.EscapedString => Strings?.Accepts(ref evaluation, token) ?? true,
            TokenKind.Integer or TokenKind.Decimal => Numbers?.Accepts(ref evaluation, token) ?? true,
            TokenKind.Array => Arrays?.Accepts(ref evaluation, token, evaluated) ?? true,
            TokenKind.Object => Objects?.Accepts(ref evaluation, token, evaluated) ?? true,
            _ => true,
        };
}
