using System.Text;
using System.Text.Json;
using Baton.JsonSchema.Documents;

namespace Baton.JsonSchema.Values;

/// <summary>A value of a schema (`const`, one of an `enum`), ready to be compared with values of documents.</summary>
internal sealed class JsonConstant
{
    readonly byte[] _text;
    readonly Token[] _tokens;

    public JsonConstant(JsonElement element)
    {
        _text = Encoding.UTF8.GetBytes(element.GetRawText());
        using var tokens = JsonParser.Parse(_text, Token.MaxDepth, out var fault);
        if (fault is not null) throw new ArgumentException(fault.Message, nameof(element));
        _tokens = tokens.Written.ToArray();
        Hash = JsonEquality.Hash(View, token: 0);
    }

    public int Hash { get; }

    public int Extent => _tokens.Length;

    JsonView View => new(_text, _tokens);

    public bool IsEqualTo(JsonView view, int token) => JsonEquality.Equal(View, 0, view, token);

    /// <summary>The value as it stands in the schema, shortened.</summary>
    public override string ToString() => Excerpt.Of(View, token: 0);
}
