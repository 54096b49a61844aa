using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace Baton.Contracts.Requests;

/// <summary>A text has at least one character, and as many as its body has room for.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotEmptyAttribute : MinLengthAttribute
{
    /// <summary>Declares it.</summary>
    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Only its length is read. It is never asked whether a value is valid.")]
    public NotEmptyAttribute()
        : base(1)
    {
    }
}
