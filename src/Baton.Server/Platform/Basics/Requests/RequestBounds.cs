using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Baton.Contracts.Requests;

namespace Baton.Server.Platform.Basics.Requests;

/// <summary>
/// The bounds that a member of a request declares by attributes, and the one check of them for all edges.
/// </summary>
internal sealed class RequestBounds
{
    RequestBounds(PropertyInfo member)
    {
        if (member.GetCustomAttribute<RangeAttribute>() is { } range)
            (Minimum, Maximum) = ((int)range.Minimum, (int)range.Maximum);
        if (member.GetCustomAttribute<MinLengthAttribute>() is { } least) MinLength = least.Length;
        if (member.GetCustomAttribute<StringLengthAttribute>() is { } length)
            (MinLength, MaxLength) = (length.MinimumLength, length.MaximumLength);
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

    public IReadOnlyList<string>? Allowed { get; }

    /// <summary>Whether there is anything to check.</summary>
    public bool IsAny => (Minimum ?? MinLength) is not null || Form is not null || Allowed is not null;

    public static RequestBounds Of(PropertyInfo member) => new(member);

    /// <summary>What is wrong with a number, as it goes on after the member's name; null for nothing.</summary>
    public string? Check(long number) =>
        number < Minimum || number > Maximum ? $"is {number}, but must be {Number}" : null;

    /// <summary>What is wrong with a text, as it goes on after the member's name; null for nothing.</summary>
    public string? Check(string text)
    {
        if (Allowed is not null && !Allowed.Contains(text, StringComparer.Ordinal))
            return $"is \"{InputText.Shorten(text)}\", but must be one of: {string.Join(", ", Allowed)}.";
        if (text.Length < MinLength || text.Length > MaxLength)
            return $"has {text.Length} characters, but must have {Length}.";
        return Form?.Fits(text) == false ? $"is \"{InputText.Shorten(text)}\", but must be {Form.Rule}" : null;
    }

    /// <summary>What is wrong with a text that should be a number.</summary>
    public string NoNumber(string text) => $"is \"{InputText.Shorten(text)}\", but must be {Number}";

    string Number => Minimum is null ? "a whole number." : $"a whole number from {Minimum} to {Maximum}.";

    string Length => MaxLength is null ? $"at least {MinLength}" : $"{MinLength} to {MaxLength}";
}
