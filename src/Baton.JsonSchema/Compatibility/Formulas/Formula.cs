namespace Baton.JsonSchema.Compatibility.Formulas;

/// <summary>
/// What a schema says, without the differences of dialects and of spelling. An atom restrains values of the kinds in
/// `Scope` only, and holds for all others, as keywords do.
/// </summary>
/// <param name="Id">Formulas with the same id hold for the same values, from whichever definition they come.</param>
/// <param name="Origin">Where this occurrence was read.</param>
/// <param name="Scope">The kinds that an atom restrains.</param>
internal abstract record Formula(int Id, Origin Origin, Kinds Scope = Kinds.Any);

internal sealed record Constant(int Id, Origin Origin, bool Value) : Formula(Id, Origin);

internal sealed record Conjunction(int Id, Origin Origin, IReadOnlyList<Formula> Parts) : Formula(Id, Origin);

internal sealed record Disjunction(int Id, Origin Origin, IReadOnlyList<Formula> Parts) : Formula(Id, Origin);

/// <summary>Exactly one of the parts holds.</summary>
internal sealed record ExactlyOne(int Id, Origin Origin, IReadOnlyList<Formula> Parts) : Formula(Id, Origin);

internal sealed record Negation(int Id, Origin Origin, Formula Part) : Formula(Id, Origin);

/// <summary>`Then` where `If` holds, `Else` elsewhere.</summary>
internal sealed record Choice(int Id, Origin Origin, Formula If, Formula Then, Formula Else) : Formula(Id, Origin);

/// <summary>A schema that is read when it is needed: those of a recursive definition never end.</summary>
internal sealed record Reference(int Id, Origin Origin, Lazy<Formula> Target) : Formula(Id, Origin);

/// <summary>A keyword that formulas cannot express. It can be compared only with itself.</summary>
internal sealed record Opaque(int Id, Origin Origin) : Formula(Id, Origin);

internal sealed record OfKind(int Id, Origin Origin, Kinds Allowed) : Formula(Id, Origin);

/// <summary>One of these values, by their canonical texts; `Present` are the kinds that the values are of.</summary>
internal sealed record Listed(int Id, Origin Origin, IReadOnlyDictionary<string, Instance> Values, Kinds Present)
    : Formula(Id, Origin);

internal sealed record LowerBound(int Id, Origin Origin, Rational Limit, bool IsExclusive)
    : Formula(Id, Origin, Kinds.Number);

internal sealed record UpperBound(int Id, Origin Origin, Rational Limit, bool IsExclusive)
    : Formula(Id, Origin, Kinds.Number);

internal sealed record MultipleOf(int Id, Origin Origin, Rational Divisor) : Formula(Id, Origin, Kinds.Number);

/// <summary>At least so many characters, items or members, after the kind in `Scope`.</summary>
internal sealed record AtLeast(int Id, Origin Origin, Kinds Scope, long Count) : Formula(Id, Origin, Scope);

internal sealed record AtMost(int Id, Origin Origin, Kinds Scope, long Count) : Formula(Id, Origin, Scope);

internal sealed record Pattern(int Id, Origin Origin, string Expression) : Formula(Id, Origin, Kinds.String);

internal sealed record Format(int Id, Origin Origin, string Name) : Formula(Id, Origin, Kinds.String);

/// <summary>The item at the index, if there is one.</summary>
internal sealed record ItemAt(int Id, Origin Origin, long Index, Formula Item) : Formula(Id, Origin, Kinds.Array);

/// <summary>All items from the index on.</summary>
internal sealed record ItemsFrom(int Id, Origin Origin, long Index, Formula Item) : Formula(Id, Origin, Kinds.Array);

internal sealed record ContainsAtLeast(int Id, Origin Origin, Formula Item, long Count)
    : Formula(Id, Origin, Kinds.Array);

internal sealed record ContainsAtMost(int Id, Origin Origin, Formula Item, long Count)
    : Formula(Id, Origin, Kinds.Array);

internal sealed record DistinctItems(int Id, Origin Origin) : Formula(Id, Origin, Kinds.Array);

internal sealed record HasMember(int Id, Origin Origin, string Name) : Formula(Id, Origin, Kinds.Object);

/// <summary>The member of this name, if there is one.</summary>
internal sealed record Member(int Id, Origin Origin, string Name, Formula Value) : Formula(Id, Origin, Kinds.Object);

/// <summary>All members whose names match.</summary>
internal sealed record MembersMatching(int Id, Origin Origin, string Expression, Formula Value)
    : Formula(Id, Origin, Kinds.Object);

/// <summary>All members but those that are named, or match.</summary>
internal sealed record OtherMembers(
    int Id, Origin Origin, IReadOnlySet<string> Names, IReadOnlyList<string> Expressions, Formula Value)
    : Formula(Id, Origin, Kinds.Object);

/// <summary>All names of members, as strings.</summary>
internal sealed record MemberNames(int Id, Origin Origin, Formula Name) : Formula(Id, Origin, Kinds.Object);
