using System.Text;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Documents;

/// <summary>A well-formed document: its UTF-8 text and its tokens. The root is token 0.</summary>
internal readonly ref struct JsonView(ReadOnlySpan<byte> text, ReadOnlySpan<Token> tokens)
{
    public ReadOnlySpan<byte> Text { get; } = text;

    public ReadOnlySpan<Token> Tokens { get; } = tokens;

    public Token this[int token] => Tokens[token];

    /// <summary>
    /// The bytes of a scalar as they stand there: strings without their quotes, escapes undone by nobody.
    /// </summary>
    public ReadOnlySpan<byte> Raw(int token) => Raw(Tokens[token]);

    public ReadOnlySpan<byte> Raw(Token token) => Text.Slice(token.Position, token.Size);

    /// <summary>The token after a value and all that is in it.</summary>
    public int After(int token)
    {
        var value = Tokens[token];
        return value.IsContainer ? value.Position : token + 1;
    }

    /// <summary>How many tokens a value consists of.</summary>
    public int Extent(int token) => After(token) - token;

    /// <summary>About how many bytes a value takes up in the text.</summary>
    public int TextBytes(int token)
    {
        var value = Tokens[token];
        if (!value.IsContainer) return value.Size;
        // Tokens of containers do not hold where the container begins. So the scalars at its ends are used.
        var (first, after) = (token + 1, value.Position);
        while (first < after && Tokens[first].IsContainer) first++;
        var last = after - 1;
        while (last > first && Tokens[last].IsContainer) last--;
        return first < last ? Tokens[last].Position + Tokens[last].Size - Tokens[first].Position : 0;
    }

    /// <summary>A string's UTF-8 without escapes; allocates only where there are some.</summary>
    public ReadOnlySpan<byte> Unescaped(int token)
    {
        var raw = Raw(token);
        if (Tokens[token].Kind != TokenKind.EscapedString) return raw;
        var bytes = new byte[raw.Length];
        return bytes.AsSpan(0, JsonText.Unescape(raw, bytes));
    }

    public string StringAt(int token) => Encoding.UTF8.GetString(Unescaped(token));

    /// <summary>
    /// The JSON pointer of a value (or, for the token of a name, of its member), found by walking from the root.
    /// </summary>
    public string PointerOf(int token)
    {
        var pointer = new StringBuilder();
        for (var at = 0; at != token && Tokens[at].IsContainer;)
        {
            var isObject = Tokens[at].Kind == TokenKind.Object;
            var child = at + 1;
            for (var index = 0; ; index++)
            {
                var value = isObject ? child + 1 : child;
                var after = After(value);
                if (token < after)
                {
                    pointer.Append('/').Append(isObject ? JsonPointer.Escape(StringAt(child)) : $"{index}");
                    if (token == child) return pointer.ToString();
                    at = value;
                    break;
                }

                child = after;
            }
        }

        return pointer.ToString();
    }
}
