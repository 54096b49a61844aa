using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace Baton.Contracts.Requests;

/// <summary>How many items a list has.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemCountAttribute : LengthAttribute
{
    /// <summary>Declares it.</summary>
    /// <param name="least">The fewest.</param>
    /// <param name="most">The most.</param>
    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Only its lengths are read. It is never asked whether a value is valid.")]
    public ItemCountAttribute(int least, int most)
        : base(least, most) => (Least, Most) = (least, most);

    /// <summary>The fewest.</summary>
    public int Least { get; }

    /// <summary>The most.</summary>
    public int Most { get; }
}
