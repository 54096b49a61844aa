using System.Text;

namespace Baton.Contracts.Ledger;

/// <summary>
/// Builds the `detail` of a ledger entry: one JSON object of strings, booleans and integers in canonical form (RFC
/// 8785), so that anybody can build the same bytes. Not safe for concurrent use.
/// </summary>
public sealed class Detail
{
    const long MaxInteger = (1L << 53) - 1;

    readonly List<(string Name, object Value)> _members = new(capacity: 4);

    /// <summary>Adds a string. The name must not have been added before.</summary>
    public Detail Add(string name, string value)
    {
        _members.Add((name, value));
        return this;
    }

    /// <summary>
    /// Adds an integer between -2^53 and 2^53, or it throws. The name must not have been added before.
    /// </summary>
    public Detail Add(string name, long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(value), MaxInteger);
        _members.Add((name, value));
        return this;
    }

    /// <summary>Adds a boolean. The name must not have been added before.</summary>
    public Detail Add(string name, bool value)
    {
        _members.Add((name, value));
        return this;
    }

    /// <summary>The object in canonical form, in UTF-8.</summary>
    public byte[] ToBytes()
    {
        // RFC 8785 section 3.2.3: members sort by UTF-16 code units, which is what ordinal comparison does.
        _members.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        var text = new StringBuilder(64).Append('{');
        foreach (var (name, value) in _members)
        {
            if (text.Length > 1) text.Append(',');
            AppendString(text, name);
            text.Append(':');
            switch (value)
            {
                case string s:
                    AppendString(text, s);
                    break;
                case bool b:
                    text.Append(b ? "true" : "false");
                    break;
                default:
                    text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{value}");
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(text.Append('}').ToString());
    }

    /// <summary>
    /// RFC 8785 section 3.2.2.2: the short escapes, \u00xx for other controls, and all else as it is.
    /// </summary>
    static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\t': text.Append("\\t"); break;
                case '\n': text.Append("\\n"); break;
                case '\f': text.Append("\\f"); break;
                case '\r': text.Append("\\r"); break;
                case < ' ': text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }
}
