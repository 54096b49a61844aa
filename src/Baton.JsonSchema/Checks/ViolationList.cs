using Baton.JsonSchema.Documents;

namespace Baton.JsonSchema.Checks;

/// <summary>
/// What the second pass over an invalid document found, up to a maximum. Places are tokens until the end.
/// </summary>
internal sealed class ViolationList(int max)
{
    readonly List<(int Token, string Keyword, string Message)> _found = [];

    bool _isClosed;

    public bool IsFull => _isClosed || _found.Count >= max;

    public int Count => _found.Count;

    public (int Token, string Keyword, string Message) this[int index] => _found[index];

    /// <summary>The first message; empty when there is none.</summary>
    public string First => _found.Count > 0 ? _found[0].Message : "";

    public void Add(int token, string keyword, string message)
    {
        if (!IsFull && !_found.Contains((token, keyword, message))) _found.Add((token, keyword, message));
    }

    /// <summary>Adds nothing from now on: what checks report after a pass was given up is not true.</summary>
    public void Close() => _isClosed = true;

    public void AddAll(ViolationList others)
    {
        foreach (var (token, keyword, message) in others._found) Add(token, keyword, message);
    }

    public IReadOnlyList<SchemaViolation> At(JsonView document)
    {
        var violations = new List<SchemaViolation>(_found.Count);
        foreach (var (token, keyword, message) in _found)
            violations.Add(new SchemaViolation(document.PointerOf(token), keyword, message));
        return violations;
    }
}
