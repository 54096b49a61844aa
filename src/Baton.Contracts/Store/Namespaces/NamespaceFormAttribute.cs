using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>The form of a namespace of records: that of a key, but not `.` or `..` alone.</summary>
public sealed class NamespaceFormAttribute()
    : TextFormAttribute(NamespacePattern, "1 to 512 bytes of UTF-8 without control characters, not . or .. alone.")
{
    /// <summary>The form of a namespace as a regular expression of ECMA-262, which says nothing of its bytes.</summary>
    public const string NamespacePattern = @"^(?!\.{1,2}$)[^\u0000-\u001f\u007f-\u009f]+$";

    /// <summary>Whether a text can be a namespace.</summary>
    /// <param name="text">The text.</param>
    public static bool IsNamespace(string text) => KeyFormAttribute.IsKey(text) && text is not ("." or "..");

    /// <inheritdoc/>
    public override bool Fits(string text) => IsNamespace(text);
}
