using System.Globalization;
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

    /// <summary>A text of at most so many characters; a longer one is noted.</summary>
    public string? Text(string name, int maxLength)
    {
        var text = Text(name);
        if (text?.Length > maxLength)
            _errors.Add("query:" + name, $"`{name}` has {text.Length} characters; {maxLength} is the most.");
        return text;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A whole number in bounds; null when it is not there (or wrong, which is noted).</summary>
    public long? Integer(string name, long minimum, long maximum)
    {
        if (!_values.TryGetValue(name, out var text)) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum)
            return number;
        _errors.Add(
            "query:" + name,
            $"`{name}` is \"{InputText.Shorten(text)}\", but must be a whole number from {minimum} to {maximum}.");
        return null;
    }

    public bool? Boolean(string name)
    {
        if (!_values.TryGetValue(name, out var text)) return null;
        if (text is "true" or "false") return text == "true";
        _errors.Add("query:" + name, $"`{name}` is \"{InputText.Shorten(text)}\", but must be true or false.");
        return null;
    }

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
