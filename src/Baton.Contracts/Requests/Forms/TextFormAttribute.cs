using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Requests;

/// <summary>
/// The form of a text, for those who read of it: as an expression for machines, as a rule for people, and as code that
/// decides. The expression, by ECMA-262, says of it what an expression can.
/// </summary>
/// <param name="pattern">The expression.</param>
/// <param name="rule">What the text must be, with a full stop: "1 to 128 of A-Z.".</param>
public abstract class TextFormAttribute(string pattern, string rule) : RegularExpressionAttribute(pattern)
{
    /// <summary>What the text must be, with a full stop.</summary>
    public string Rule => rule;

    /// <summary>Whether a text has the form.</summary>
    /// <param name="text">The text.</param>
    public abstract bool Fits(string text);
}
