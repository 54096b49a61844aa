using System.Text.Unicode;

namespace Baton.JsonSchema.Documents;

/// <summary>
/// Why a document was refused. Keyword: `json`, `depth` or `duplicate`; Pointer: what the place is in.
/// </summary>
internal sealed record ParseFault(string Pointer, string Keyword, string Message);

/// <summary>
/// Turns RFC 8259 text into tokens, in one pass without recursion. Stricter than the RFC where two readers could see
/// two documents: no duplicate names, no half of a surrogate pair, no exponent of more than 18 digits.
/// </summary>
internal ref partial struct JsonParser
{

    readonly ReadOnlySpan<byte> _text;
    readonly int _maxDepth;
    TokenBuffer _tokens;
    int _at;
    int _depth;

    /// <summary>
    /// The innermost array or object whose end has not come: its token, its children by now, and whether it is an
    /// object. Until it ends, its token holds these two numbers of what it stands in: so no stack is needed.
    /// </summary>
    int _open;
    int _count;
    bool _isObject;
    ParseFault? _fault;

    JsonParser(ReadOnlySpan<byte> text, int maxDepth, TokenBuffer tokens)
    {
        _text = text;
        _maxDepth = maxDepth;
        _tokens = tokens;
    }

    /// <summary>
    /// The tokens of a text, which the caller disposes. After a fault they are of no use. A text is refused as soon as
    /// its nesting exceeds the maximum: what follows is not looked at.
    /// </summary>
    public static TokenBuffer Parse(ReadOnlySpan<byte> text, int maxDepth, out ParseFault? fault)
    {
        const int bytesPerToken = 12;
        if (text.Length > Token.MaxSize)
        {
            fault = new("", "json", $"The document has {text.Length} bytes; at most {Token.MaxSize} can be validated.");
            return new TokenBuffer(capacity: 1);
        }

        var capacity = 64 + Math.Min(text.Length / bytesPerToken, 1 << 20);
        var parser = new JsonParser(text, maxDepth, new TokenBuffer(capacity));
        parser.ReadDocument();
        fault = parser._fault;
        return parser._tokens;
    }

    JsonView Written => new(_text, _tokens.Written);

    void ReadDocument()
    {
        if (!Utf8.IsValid(_text))
            Refuse("is no UTF-8");
        else if (_text.StartsWith("\uFEFF"u8))
            Refuse("begins with a byte order mark (the bytes EF BB BF): leave it out");
        else if (ReadRoot() && SkipSpace())
            Refuse("has ended, but something follows");
    }

    bool ReadRoot()
    {
        do
        {
            if (!ReadValue(out var opened)) return false;
            while (!opened && _depth > 0)
            {
                if (!ReadSeparator(out var ended)) return false;
                if (!ended) break;
            }
        }
        while (_depth > 0);
        return true;
    }

    void Add(Token token)
    {
        if (_tokens.IsFull) _tokens.Grow(Capacity());
        _tokens.Add(token);
    }

    /// <summary>
    /// Twice as many while they are few; then as many as there can be in the rest of the text, so that a huge array is
    /// not made several times over. There is a token for each value and each name.
    /// </summary>
    readonly int Capacity()
    {
        const int few = 1 << 20;
        if (_tokens.Count < few) return _tokens.Count * 2;
        var rest = _text[_at..];
        var beginnings = rest.Count((byte)'[') + rest.Count((byte)'{') + rest.Count((byte)',');
        return _tokens.Count + beginnings + rest.Count((byte)':') + 2;
    }

    /// <summary>Reads a scalar, an empty container, or the beginning of one up to its first value.</summary>
    bool ReadValue(out bool opened)
    {
        opened = false;
        if (!SkipSpace()) return RefuseEnd("a value");
        switch (_text[_at])
        {
            case (byte)'"':
                return ReadString();
            case (byte)'{' or (byte)'[':
                return ReadOpening(out opened);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return ReadNumber();
            case (byte)'t':
                return ReadLiteral("true"u8, TokenKind.True);
            case (byte)'f':
                return ReadLiteral("false"u8, TokenKind.False);
            case (byte)'n':
                return ReadLiteral("null"u8, TokenKind.Null);
            default:
                return Refuse("needs a value");
        }
    }

    bool ReadOpening(out bool opened)
    {
        opened = true;
        if (_depth == _maxDepth) return RefuseDepth();
        _depth++;
        _isObject = _text[_at++] == '{';
        var outer = new Token(_isObject ? TokenKind.Object : TokenKind.Array, _open, _count);
        (_open, _count) = (_tokens.Count, 1);
        Add(outer);
        if (!SkipSpace()) return RefuseEnd(_isObject ? "a name or '}'" : "a value or ']'");
        if (_text[_at] == (_isObject ? (byte)'}' : (byte)']'))
        {
            opened = false;
            _count = 0;
            return Close();
        }

        return !_isObject || ReadName();
    }

    /// <summary>Reads what follows a value: a comma (and the next name), or the end of what the value is in.</summary>
    bool ReadSeparator(out bool ended)
    {
        ended = false;
        if (!SkipSpace()) return RefuseEnd(_isObject ? "',' or '}'" : "',' or ']'");
        var separator = _text[_at];
        if (separator == ',')
        {
            _at++;
            _count++;
            return !_isObject || ReadName();
        }

        ended = true;
        return separator == (_isObject ? (byte)'}' : (byte)']')
            ? Close()
            : Refuse(_isObject ? "needs ',' or '}' after a member" : "needs ',' or ']' after an item");
    }

    bool Close()
    {
        _at++;
        var token = _open;
        var mayHaveDuplicates = _isObject && _count > 1;
        EndInnermost();
        return !mayHaveDuplicates || HasNoDuplicates(token);
    }

    void EndInnermost()
    {
        var token = _tokens.Written[_open];
        _tokens.Replace(_open, new Token(token.Kind, _tokens.Count, _count));
        (_open, _count) = (token.Position, token.Size);
        _depth--;
        _isObject = _depth > 0 && _tokens.Written[_open].Kind == TokenKind.Object;
    }

    bool ReadName()
    {
        if (!SkipSpace() || _text[_at] != '"') return Refuse("needs a name in double quotes");
        if (!ReadString()) return false;
        if (!SkipSpace() || _text[_at] != ':') return Refuse("needs ':' after a name");
        _at++;
        return true;
    }

    bool ReadLiteral(ReadOnlySpan<byte> literal, TokenKind kind)
    {
        if (!_text[_at..].StartsWith(literal)) return Refuse("needs a value");
        Add(new Token(kind, _at, literal.Length));
        _at += literal.Length;
        return true;
    }

    /// <summary>Skips white space. False at the end of the text.</summary>
    bool SkipSpace() => (_at < _text.Length && _text[_at] > ' ') || SkipSpaceHere();

    bool SkipSpaceHere()
    {
        while (_at < _text.Length)
        {
            var next = _text[_at];
            if (next > ' ' || next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')) return true;
            _at++;
        }

        return false;
    }

    bool HasNoDuplicates(int token)
    {
        var name = MemberNames.FindDuplicate(Written, token);
        if (name < 0) return true;
        CloseAll();
        var text = Excerpt.Of(Written.StringAt(name));
        _fault = new(
            Written.PointerOf(name),
            "duplicate",
            $"The name {text} stands twice in one object: keep one of them. Baton accepts no duplicate names in JSON.");
        return false;
    }

    bool RefuseDepth()
    {
        CloseAll();
        _fault = new("", "depth", $"The document is nested deeper than {_maxDepth} levels: make it flatter.");
        return false;
    }

    bool RefuseEnd(string expected) => Refuse($"ends too early: it needs {expected}");

    bool Refuse(string problem)
    {
        var before = _text[.._at];
        var line = before.Count((byte)'\n') + 1;
        var column = _at - before.LastIndexOf((byte)'\n');
        _fault ??= new("", "json", $"The document is no JSON: at line {line}, byte {column}, it {problem}.");
        return false;
    }

    /// <summary>Ends the arrays and objects that are open, so that pointers can be found.</summary>
    void CloseAll()
    {
        while (_depth > 0) EndInnermost();
    }
}
