namespace Baton.JsonSchema.Documents;

/// <summary>
/// A growing list of tokens in a rented array. Whoever makes it disposes it, once, and keeps no copy.
/// </summary>
internal struct TokenBuffer(int capacity) : IDisposable
{
    Token[] _tokens = ScratchArrays<Token>.Rent(capacity);

    public int Count { get; private set; }

    public readonly ReadOnlySpan<Token> Written => _tokens.AsSpan(0, Count);

    public readonly void Replace(int index, Token token) => _tokens[index] = token;

    public readonly bool IsFull => Count == _tokens.Length;

    /// <summary>Adds one, where there is room.</summary>
    public void Add(Token token) => _tokens[Count++] = token;

    public void Grow(int capacity)
    {
        var larger = ScratchArrays<Token>.Rent(capacity);
        _tokens.AsSpan(0, Count).CopyTo(larger);
        ScratchArrays<Token>.Return(_tokens);
        _tokens = larger;
    }

    public void Dispose()
    {
        ScratchArrays<Token>.Return(_tokens);
        _tokens = [];
        Count = 0;
    }
}
