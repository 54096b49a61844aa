using Baton.JsonSchema.Compatibility.Formulas;

namespace Baton.JsonSchema.Compatibility.Refutation;

/// <summary>
/// Objects. Facts about members are claims on the values under names; the opposite of such a fact says that there is a
/// member which breaks it, under one of the names that facts mention or under one that they do not.
/// </summary>
internal sealed class ObjectCase
{
    /// <summary>The most patterns: each doubles the classes of names that no fact mentions.</summary>
    const int MaxPatterns = 6;

    /// <summary>The most members of an example: more would help nobody.</summary>
    const int MaxExampleMembers = 5000;

    readonly Case _case;
    readonly Refuter _refuter;
    readonly Dictionary<string, List<Literal>> _byName = [];
    readonly List<Formula> _everywhere = [];
    readonly List<Formula> _somewhere = [];
    readonly List<Formula> _names = [];
    readonly List<Formula> _someName = [];
    readonly HashSet<string> _present = [];
    readonly HashSet<string> _absent = [];
    readonly Dictionary<string, List<Literal>> _broken = [];
    readonly Lazy<HashSet<string>> _mentioned;
    readonly SizeRange _size;

    /// <summary>The only names that members can have; null: any.</summary>
    IReadOnlySet<string>? _only;

    public ObjectCase(Case one, Refuter refuter)
    {
        (_case, _refuter) = (one, refuter);
        foreach (var fact in one.Facts) Sort(fact);
        _mentioned = new(FindMentioned);
        _size = SizeRange.Of(one.Facts).WithLeast(_present.Count);
    }

    public Opening? Open()
    {
        if (_size.IsEmpty || _present.Overlaps(_absent)) return null;
        if (_size.Most == 0)
            return _refuter.OpenByExamples(_case, [Instance.Of(new Dictionary<string, Instance>())]);
        // The members that break a fact are looked at first: if one of them cannot exist, the other members need no
        // look.
        if (_broken.Keys.Any(name => _refuter.IsRefuted(ClaimsOn(name)))) return null;
        FindOnlyNames();
        var openings = new List<MemberOpening>();
        foreach (var broken in _somewhere.Concat(_someName))
        {
            if (OpenSomewhere(broken) is not { } opening) return null;
            openings.Add(opening);
        }

        if (_present.Any(name => !IsPossible(name))) return null;
        if (_only is not null && _only.Count(IsPossible) < _size.Least) return null;
        return OpenWith(openings);
    }

    /// <summary>A member that breaks a fact: its name, and what is open about its value or its name.</summary>
    sealed record MemberOpening(string? Name, Opening? Value, Opening Reason);

    void Sort(Literal fact)
    {
        switch (fact.Formula)
        {
            case HasMember has:
                (fact.Holds ? _present : _absent).Add(has.Name);
                break;
            case Member member:
                if (!fact.Holds) _present.Add(member.Name);
                var claims = fact.Holds ? _byName : _broken;
                if (!claims.TryGetValue(member.Name, out var known)) claims[member.Name] = known = [];
                known.Add(new Literal(member.Value, fact.Holds));
                break;
            case MembersMatching or OtherMembers:
                (fact.Holds ? _everywhere : _somewhere).Add(fact.Formula);
                break;
            case MemberNames names:
                (fact.Holds ? _names : _someName).Add(names.Name);
                break;
        }
    }

    /// <summary>Names that facts speak of, one by one.</summary>
    HashSet<string> FindMentioned() =>
    [
        .. _present, .. _absent, .. _byName.Keys,
        .. _everywhere.Concat(_somewhere).OfType<OtherMembers>().SelectMany(others => others.Names),
    ];

    /// <summary>What the value under a name has to fulfil.</summary>
    List<Literal> ClaimsOn(string name)
    {
        _refuter.Budget.Spend(1 + _everywhere.Count);
        List<Literal> claims =
        [
            .. _byName.GetValueOrDefault(name) ?? [],
            .. _everywhere.Where(fact => _refuter.Evaluator.Members.Includes(fact, name) == true)
                .Select(fact => new Literal(MemberClass.ValueOf(fact), Holds: true)),
        ];
        if (_broken.TryGetValue(name, out var broken)) claims.AddRange(broken);
        return claims;
    }

    /// <summary>Whether a member of this name can be there.</summary>
    bool IsPossible(string name) =>
        IsAllowed(name) && !_refuter.IsRefuted(ClaimsOn(name));

    bool IsAllowed(string name)
    {
        if (_absent.Contains(name) || _only?.Contains(name) == false) return false;
        var text = Instance.Of(name);
        return _names.TrueForAll(formula => _refuter.Evaluator.Evaluate(formula, text) != false);
    }

    /// <summary>
    /// Names are few where all others are refused, where they are listed, and where there is no room for more.
    /// </summary>
    void FindOnlyNames()
    {
        foreach (var fact in _everywhere)
        {
            if (fact is not OtherMembers { Expressions.Count: 0 } others) continue;
            if (_refuter.IsRefuted(new Literal(others.Value, Holds: true))) Narrow(others.Names);
        }

        foreach (var listed in _names.OfType<Listed>())
        {
            var texts = listed.Values.Values.Where(value => value.Kind == Kinds.String).Select(value => value.Text);
            Narrow(texts.ToHashSet());
        }

        if (_size.Most == _present.Count) Narrow(_present);
    }

    void Narrow(IReadOnlySet<string> names) => _only = _only is null ? names : _only.Where(names.Contains).ToHashSet();

    /// <summary>A member that breaks the formula; null: there can be none.</summary>
    MemberOpening? OpenSomewhere(Formula broken)
    {
        var isName = _someName.Contains(broken);
        foreach (var name in _only ?? (IReadOnlySet<string>)_mentioned.Value)
        {
            if (!IsAllowed(name)) continue;
            var breaks = isName
                ? !_refuter.Evaluator.Evaluate(broken, Instance.Of(name))
                : _refuter.Evaluator.Members.Includes(broken, name);
            if (breaks == false) continue;
            List<Literal> claims = ClaimsOn(name);
            if (!isName) claims.Add(new Literal(MemberClass.ValueOf(broken), Holds: false));
            if (_refuter.Open(claims) is { } opening) return new MemberOpening(name, opening, opening);
        }

        return _only is null ? OpenUnmentioned(broken, isName) : null;
    }

    /// <summary>
    /// As <see cref="OpenSomewhere"/>, under a name that no fact mentions, for each way in which it can match the
    /// patterns.
    /// </summary>
    MemberOpening? OpenUnmentioned(Formula broken, bool isName)
    {
        string[] patterns = [.. PatternsOf([.. _everywhere, .. _somewhere]).Distinct()];
        if (patterns.Length > MaxPatterns)
            return new MemberOpening(Name: null, Value: null, new Opening(null, IsCertain: false, broken.Origin));
        MemberOpening? uncertain = null;
        for (var ways = 0; ways < 1 << patterns.Length; ways++)
        {
            var matched = patterns.Where((_, index) => (ways >> index & 1) == 1).ToHashSet();
            if (!isName && !MemberClass.IncludesUnnamed(broken, matched)) continue;
            if (OpenName(patterns, matched, isName ? broken : null) is not { } name) continue;
            if (OpenUnmentionedValue(matched, isName ? null : broken) is not { } value) continue;
            var opening = new MemberOpening(name.Witness?.Text, value, isName ? name : value);
            if (opening is { Name: not null, Value.Witness: not null }) return opening;
            uncertain ??= opening;
        }

        return uncertain;
    }

    Opening? OpenName(string[] patterns, HashSet<string> matched, Formula? broken)
    {
        var factory = _refuter.Factory;
        var origin = new Origin(IsNewer: false, "", "propertyNames");
        List<Literal> claims = [new(factory.OfKind(origin, Kinds.String), Holds: true)];
        claims.AddRange(_names.Select(name => new Literal(name, Holds: true)));
        claims.AddRange(patterns.Select(
            pattern => new Literal(factory.Pattern(origin, pattern), matched.Contains(pattern))));
        if (_mentioned.Value.Count > 0)
            claims.Add(new(factory.Listed(origin, _mentioned.Value.Select(Instance.Of)), Holds: false));
        if (broken is not null) claims.Add(new(broken, Holds: false));
        return _refuter.Open(claims);
    }

    Opening? OpenUnmentionedValue(HashSet<string> matched, Formula? broken)
    {
        List<Literal> claims =
        [
            .. _everywhere.Where(fact => MemberClass.IncludesUnnamed(fact, matched))
                .Select(fact => new Literal(MemberClass.ValueOf(fact), Holds: true)),
        ];
        if (broken is not null) claims.Add(new(MemberClass.ValueOf(broken), Holds: false));
        return _refuter.Open(claims);
    }

    static IEnumerable<string> PatternsOf(IEnumerable<Formula> facts) => facts.SelectMany(fact => fact switch
    {
        MembersMatching matching => [matching.Expression],
        OtherMembers others => others.Expressions,
        _ => [],
    });

    Opening OpenWith(List<MemberOpening> openings)
    {
        var reason = Blamed()
            ?? openings.Select(opening => opening.Reason).FirstOrDefault(one => one.Blame is not null);
        var opening = _refuter.OpenByWitness(_case, Example(openings) is { } example ? [example] : []);
        return opening with { Blame = reason?.Blame ?? opening.Blame, OpenMember = reason?.OpenMember };
    }

    /// <summary>The reason of the first broken member that comes from the newer definition.</summary>
    Opening? Blamed()
    {
        foreach (var (name, broken) in _broken)
        {
            if (!broken.Exists(literal => literal.Formula.Origin.IsNewer)) continue;
            if (_refuter.Open(ClaimsOn(name)) is not { } opening) continue;
            var isUnmentioned = ClaimsOn(name).Count == broken.Count;
            return isUnmentioned ? opening with { OpenMember = opening.OpenMember ?? name } : opening;
        }

        return null;
    }

    Instance? Example(List<MemberOpening> openings)
    {
        if (_size.Least > MaxExampleMembers) return null;
        var members = new Dictionary<string, Instance>();
        foreach (var opening in openings)
        {
            if (opening is { Name: { } name, Value.Witness: { } value }) members[name] = value;
        }

        var spare = Enumerable.Range(0, MaxExampleMembers).Select(number => $"p{number}");
        var names = _only ?? _mentioned.Value.Concat(_refuter.Texts).Concat(spare);
        foreach (var name in _present) Add(name);
        foreach (var name in names.TakeWhile(_ => members.Count < _size.Least)) Add(name);
        return Instance.Of(members);

        void Add(string name)
        {
            if (members.ContainsKey(name) || !IsAllowed(name)) return;
            if (_refuter.Open(ClaimsOn(name))?.Witness is { } value) members[name] = value;
        }
    }
}
