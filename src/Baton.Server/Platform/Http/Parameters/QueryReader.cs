using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http.Parameters;

/// <summary>The query of one request, held against what the route takes. Mistakes go to the call's errors.</summary>
internal sealed class QueryReader
{
    readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    readonly InputErrors _errors;

    public QueryReader(string? query, IReadOnlyList<ParameterSpec> known, InputErrors errors)
    {
        _errors = errors;
        if (string.IsNullOrEmpty(query) || query == "?") return;
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = InputText.Decode(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : InputText.Decode(pair[(equals + 1)..]);
            if (name is null || value is null)
                errors.Add(
                    ErrorCodes.RequestMalformed, "query", "The query is not percent-encoded UTF-8 without U+0000.");
            else Accept(name, value, known);
        }
    }

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public bool Has(string name) => _values.ContainsKey(name);

    void Accept(string name, string value, IReadOnlyList<ParameterSpec> known)
    {
        // The edge has taken it.
        if (name == TicketParameter.Name) return;
        if (!known.Any(parameter => parameter.Name == name))
        {
            var nearest = NearestName.Of(name, known.Select(parameter => parameter.Name));
            var others = known.Count == 0
                ? "this route takes none"
                : "known here: " + string.Join(", ", known.Select(parameter => parameter.Name));
            _errors.Add(
                ErrorCodes.RequestUnknownParameter,
                "query:" + InputText.Shorten(name),
                $"`{InputText.Shorten(name)}` is not a parameter"
                + $"{(nearest is null ? $" ({others})." : $"; did you mean `{nearest}`?")}");
        }
        else if (!_values.TryAdd(name, value))
        {
            _errors.Add(ErrorCodes.RequestUnknownParameter, "query:" + name, $"`{name}` is given twice.");
        }
    }
}
