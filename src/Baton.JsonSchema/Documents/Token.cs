namespace Baton.JsonSchema.Documents;

/// <summary>
/// One value of a document, or the name of a member, in eight bytes. Tokens stand in the order of the text: an object
/// is followed by name, value, name, value …, an array by its items.
/// </summary>
internal readonly struct Token(TokenKind kind, int position, int size)
{
    const int SizeBits = 28;

    /// <summary>The most bytes that a document, and the most children that a value can have.</summary>
    public const int MaxSize = (1 << SizeBits) - 1;

    /// <summary>The deepest nesting that any document can be allowed.</summary>
    public const int MaxDepth = 1024;

    readonly uint _kindAndSize = (uint)kind << SizeBits | (uint)size;

    public TokenKind Kind => (TokenKind)(_kindAndSize >> SizeBits);

    /// <summary>
    /// Of a scalar: where its text begins, after the quote. Of an array or object: the token after it.
    /// </summary>
    public int Position { get; } = position;

    /// <summary>
    /// Of a scalar: the bytes of its text, without quotes. Of an array or object: its items or members.
    /// </summary>
    public int Size => (int)(_kindAndSize & MaxSize);

    public bool IsString => Kind is TokenKind.String or TokenKind.EscapedString;

    public bool IsNumber => Kind is TokenKind.Integer or TokenKind.Decimal;

    public bool IsContainer => Kind >= TokenKind.Array;
}
