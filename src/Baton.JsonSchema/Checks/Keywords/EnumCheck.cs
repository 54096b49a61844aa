using System.Text;
using Baton.JsonSchema.Documents;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>`enum`. Strings are found by their bytes, other values by their hash.</summary>
internal sealed class EnumCheck : Check
{
    const int MaxShown = 10;

    readonly NameTable _strings;
    readonly ILookup<int, JsonConstant> _others;
    readonly string _shown;

    public EnumCheck(IReadOnlyList<string> strings, IReadOnlyList<JsonConstant> others)
    {
        _strings = new NameTable(strings);
        _others = others.ToLookup(constant => constant.Hash);
        var all = strings.Select(Excerpt.Of).Concat(others.Select(other => other.ToString())).ToList();
        var more = all.Count > MaxShown ? $" … ({all.Count} values)" : "";
        _shown = new StringBuilder().AppendJoin(", ", all.Take(MaxShown)).Append(more).ToString();
    }

    public override bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated) =>
        IsListed(ref evaluation, token) || evaluation.Violations.Refuse(
            token, "enum", $"{Excerpt.Of(evaluation.Document, token)} is not allowed: use one of {_shown}.");

    bool IsListed(ref Evaluation evaluation, int token)
    {
        var view = evaluation.Document;
        if (view[token].IsString) return _strings.Find(view.Unescaped(token), guess: -1) >= 0;
        if (_others.Count == 0) return false;
        if (!evaluation.Spend(token, view.Extent(token))) return false;
        if (!evaluation.SpendText(token, view.TextBytes(token))) return false;
        foreach (var other in _others[JsonEquality.Hash(view, token)])
        {
            if (other.IsEqualTo(view, token)) return true;
        }

        return false;
    }
}
