namespace Baton.JsonSchema.Compatibility.Formulas;

/// <summary>Tells whether a formula is about the members of a name; null if a pattern cannot be tried.</summary>
internal sealed class MemberClass(TextRules rules)
{
    public bool? Includes(Formula formula, string name)
    {
        switch (formula)
        {
            case MembersMatching matching:
                return rules.Matches(matching.Expression, name);
            case OtherMembers others:
                if (others.Names.Contains(name)) return false;
                bool? included = true;
                foreach (var expression in others.Expressions)
                {
                    var matches = rules.Matches(expression, name);
                    if (matches == true) return false;
                    included = matches is null ? null : included;
                }

                return included;
            default:
                return false;
        }
    }

    /// <summary>The same for a name that no formula mentions and that matches exactly these patterns.</summary>
    public static bool IncludesUnnamed(Formula formula, IReadOnlySet<string> matched) => formula switch
    {
        MembersMatching matching => matched.Contains(matching.Expression),
        OtherMembers others => !others.Expressions.Any(matched.Contains),
        _ => false,
    };

    public static Formula ValueOf(Formula formula) => formula switch
    {
        MembersMatching matching => matching.Value,
        _ => ((OtherMembers)formula).Value,
    };
}
