using Baton.Contracts.Json;
using Baton.Contracts.Requests;

namespace Baton.Server.Platform.Basics.Inputs;

/// <summary>The rule for names of things: `[A-Za-z0-9._-]{1,128}`, not only dots, not like an id.</summary>
internal static class Names
{
    public const int MaxLength = NameFormAttribute.MaxLength;
    public const string Rule = NameFormAttribute.NameRule;

    /// <summary>The same as a regular expression (ECMA-262), for the OpenAPI document.</summary>
    public const string Pattern = WirePatterns.Name;

    public static bool IsName(string text) => NameFormAttribute.IsName(text);

    /// <summary>
    /// Whether text other than a name can be stored in a column of text: PostgreSQL does not store U+0000 there.
    /// Content is stored as bytes, which may hold anything.
    /// </summary>
    public static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal);

    public static void Check(string text, string pointer, InputErrors errors)
    {
        if (!IsName(text)) errors.Add(pointer, $"The name is \"{InputText.Shorten(text)}\", but must be {Rule}");
    }
}
