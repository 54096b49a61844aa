using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Baton.Contracts.Requests;

/// <summary>The least that a number may be. The most is the greatest number of its type.</summary>
/// <param name="minimum">The least.</param>
public sealed class AtLeastAttribute(int minimum)
    : RangeAttribute(typeof(long), minimum.ToString(CultureInfo.InvariantCulture), "9223372036854775807")
{
    /// <summary>The least.</summary>
    public int Least => minimum;
}
