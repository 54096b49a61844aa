using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Requests;

/// <summary>
/// The form that a text must have, told in three ways: as a regular expression for machines, as a rule for people, and
/// as code, which decides. What the expression cannot say, such as a length in bytes, only the other two say. A text
/// that does not have the form is a 400 `request.invalid`.
/// </summary>
/// <param name="pattern">The regular expression, of ECMA-262.</param>
/// <param name="rule">What the text must be, with a full stop: "1 to 128 of A-Z.".</param>
public abstract class TextFormAttribute(string pattern, string rule) : RegularExpressionAttribute(pattern)
{
    /// <summary>What the text must be, with a full stop.</summary>
    public string Rule => rule;

    /// <summary>Whether a text has the form.</summary>
    /// <param name="text">The text.</param>
    public abstract bool Fits(string text);
}
