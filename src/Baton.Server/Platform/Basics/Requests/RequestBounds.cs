using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Basics.Requests;

/// <summary>
/// The bounds that a member of a request declares by its attributes. All edges check them here. Immutable.
/// </summary>
internal sealed record RequestBounds
{
    RequestBounds(PropertyInfo member)
    {
        (Minimum, Maximum) = member.GetCustomAttribute<RangeAttribute>() switch
        {
            null => ((long?)null, (long?)null),
            AtLeastAttribute { Least: var least } => (least, null),
            var range => ((int)range.Minimum, (int)range.Maximum),
        };
        if (member.GetCustomAttribute<MinLengthAttribute>() is { } shortest) MinLength = shortest.Length;
        if (member.GetCustomAttribute<StringLengthAttribute>() is { } length)
            (MinLength, MaxLength) = (length.MinimumLength > 0 ? length.MinimumLength : null, length.MaximumLength);
        Default = member.GetCustomAttribute<DefaultValueAttribute>()?.Value is int value ? value : null;
        IsRequired = member.IsDefined(typeof(RequiredMemberAttribute));
        Allowed = member.GetCustomAttribute<AllowedValuesAttribute>()?.Values.Cast<string>().ToArray();
        Form = member.GetCustomAttribute<RegularExpressionAttribute>() switch
        {
            null => null,
            TextFormAttribute form => form,
            var other => throw new InvalidOperationException(
                $"{member.DeclaringType}.{member.Name} must have its form {other.Pattern} as a TextFormAttribute, "
                + "which decides without a regular expression."),
        };
    }

    public long? Minimum { get; }

    public long? Maximum { get; }

    public int? MinLength { get; }

    public int? MaxLength { get; }

    public TextFormAttribute? Form { get; }

    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>The number that holds where none is given. Null: the sentence of the member says what holds.</summary>
    public long? Default { get; }

    /// <summary>Whether the member must be given.</summary>
    public bool IsRequired { get; }

    /// <summary>Whether there is any bound to be checked.</summary>
    public bool IsAny => (Minimum ?? MinLength ?? MaxLength) is not null || Form is not null || Allowed is not null;

    public static RequestBounds Of(PropertyInfo member) => new(member);

    /// <summary>
    /// What is wrong with a number, as a sentence that goes on after the member's name. Null: nothing is.
    /// </summary>
    public string? Check(long number) =>
        number < Minimum || number > Maximum ? $"is {number}, but must be {Number}" : null;

    /// <summary>
    /// What is wrong with a text, as a sentence that goes on after the member's name. Null: nothing is.
    /// </summary>
    public string? Check(string text)
    {
        if (Allowed is not null && !Allowed.Contains(text, StringComparer.Ordinal))
            return $"is \"{InputText.Shorten(text)}\", but must be one of: {string.Join(", ", Allowed)}.";
        if (Form?.Fits(text) == false) return $"is \"{InputText.Shorten(text)}\", but must be {Form.Rule}";
        return text.Length < MinLength || text.Length > MaxLength
            ? $"has {text.Length} characters, but must have {Length}."
            : null;
    }

    /// <summary>Says that a text is no number, as a sentence that goes on after the member's name.</summary>
    public string NoNumber(string text) => $"is \"{InputText.Shorten(text)}\", but must be {Number}";

    string Number => (Minimum, Maximum) switch
    {
        (null, _) => "a whole number.",
        (_, null) => $"a whole number, {Minimum} or more.",
        _ => $"a whole number from {Minimum} to {Maximum}.",
    };

    string Length => (MinLength, MaxLength) switch
    {
        (null, _) => $"at most {MaxLength}",
        (_, null) => $"at least {MinLength}",
        _ => $"{MinLength} to {MaxLength}",
    };
}
