using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Baton.Contracts.Requests;

/// <summary>The least that a number may be. The most is the greatest number of its type.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtLeastAttribute : RangeAttribute
{
    /// <summary>Declares it.</summary>
    /// <param name="least">The least.</param>
    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Only the least is read. It is never asked whether a value is valid.")]
    public AtLeastAttribute(int least)
        : base(typeof(long), least.ToString(CultureInfo.InvariantCulture), "9223372036854775807") => Least = least;

    /// <summary>The least.</summary>
    public int Least { get; }
}
