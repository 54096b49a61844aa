using Baton.Contracts.Store;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Features.Store.Records.Addresses;

/// <summary>The rule for namespaces and keys: 1 to 512 bytes of UTF-8, any characters but controls.</summary>
internal static class RecordNames
{
    public const string Rule = KeyFormAttribute.KeyRule;

    /// <summary>The same as a regular expression (ECMA-262), for the OpenAPI document.</summary>
    public const string Pattern = KeyFormAttribute.KeyPattern;

    /// <summary>Null where JSON says so.</summary>
    public static void CheckKey(string? key, string pointer, InputErrors errors)
    {
        if (key is null) errors.Add(pointer, $"The key is null, but must be {Rule}");
        else if (!IsName(key)) errors.Add(pointer, $"The key is \"{InputText.Shorten(key)}\", but must be {Rule}");
    }

    public static void CheckNamespace(string name, string pointer, InputErrors errors)
    {
        if (!IsName(name) || name is "." or "..")
            errors.Add(
                pointer,
                $"The namespace is \"{InputText.Shorten(name)}\", but must not be . or .., and have {Rule}");
    }

    /// <summary>A text to compare names with: it may be empty, but hold nothing that a store cannot take.</summary>
    public static void CheckPrefix(string prefix, string pointer, InputErrors errors)
    {
        if (prefix.Length > 0 && !IsName(prefix))
            errors.Add(
                pointer,
                $"The text is \"{InputText.Shorten(prefix)}\", but must have at most {StoreOptions.MaxNameBytes} "
                + "bytes of UTF-8 and no control characters.");
    }

    static bool IsName(string text) => KeyFormAttribute.IsKey(text);
}
