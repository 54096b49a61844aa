using System.Text;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>The form of the key of a record: 1 to 512 bytes of UTF-8 without control characters.</summary>
public sealed class KeyFormAttribute() : TextFormAttribute(KeyPattern, KeyRule)
{
    /// <summary>The most bytes of UTF-8 in a key or a namespace; the least is 1.</summary>
    public const int MaxBytes = 512;

    /// <summary>What a key must be, as an error tells it.</summary>
    public const string KeyRule = "1 to 512 bytes of UTF-8 without control characters.";

    /// <summary>The form of a key as a regular expression of ECMA-262, which says nothing of its bytes.</summary>
    public const string KeyPattern = @"^[^\u0000-\u001f\u007f-\u009f]+$";

    /// <summary>Whether a text can be a key.</summary>
    /// <param name="text">The text.</param>
    public static bool IsKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is 0 or > MaxBytes) return false;
        foreach (var c in text)
        {
            if (char.IsControl(c)) return false;
        }

        return Encoding.UTF8.GetByteCount(text) <= MaxBytes;
    }

    /// <inheritdoc/>
    public override bool Fits(string text) => IsKey(text);
}
