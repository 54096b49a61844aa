namespace Baton.JsonSchema.Documents;

/// <summary>
/// What a token of a document is. An integer has neither fraction nor exponent; a decimal has one of them.
/// </summary>
internal enum TokenKind : byte
{
    Null,
    False,
    True,
    Integer,
    Decimal,
    String,
    EscapedString,
    Array,
    Object,
}
