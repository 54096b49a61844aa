using System.Buffers;
using System.Text;
using System.Text.Json;
using Baton.JsonSchema.Values;

namespace Baton.Server.Platform.Basics.Json;

/// <summary>
/// A JSON value that can be changed in places. All that is not changed keeps its bytes, digits, order and escapes.
/// Objects and arrays are taken apart only when somebody looks into them. The bytes must be valid JSON.
/// </summary>
internal sealed class EditableJson
{
    /// <summary>An object with up to this many members is searched one by one; a larger one gets an index.</summary>
    const int MaxLinear = 16;

    readonly ReadOnlyMemory<byte> _raw;
    List<Member>? _members;
    List<EditableJson>? _items;
    Dictionary<string, int>? _index;

    // Items that were appended to an array that nobody has taken apart.
    List<EditableJson>? _tail;

    EditableJson(ReadOnlyMemory<byte> raw) => _raw = raw;

    /// <summary>The value of these JSON bytes. The bytes themselves are never changed.</summary>
    public static EditableJson Of(ReadOnlyMemory<byte> json) => new(Trim(json));

    public static EditableJson EmptyObject() => Of("{}"u8.ToArray());

    public static EditableJson EmptyArray() => Of("[]"u8.ToArray());

    public bool IsObject => _raw.Span[0] == (byte)'{';

    public bool IsArray => _raw.Span[0] == (byte)'[';

    public bool IsNull => _raw.Span[0] == (byte)'n';

    public bool IsNumber => _raw.Span[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9');

    /// <summary>The bytes that the value was made of. A number has nothing besides them.</summary>
    public ReadOnlyMemory<byte> Raw => _raw;

    /// <summary>The kind of the value, as messages name it: `an object`.</summary>
    public string Kind => _raw.Span[0] switch
    {
        (byte)'{' => "an object",
        (byte)'[' => "an array",
        (byte)'"' => "a string",
        (byte)'n' => "null",
        (byte)'t' or (byte)'f' => "a boolean",
        _ => "a number",
    };

    /// <summary>The members of an object in their order, with their names.</summary>
    public IEnumerable<(string Name, EditableJson Value)> Members => Expand()
        .Where(member => member.Value is not null).Select(member => (member.Name, member.Value!));

    /// <summary>The number of items of an array.</summary>
    public int Count => ExpandItems().Count;

    /// <summary>The member of an object with this name; null if there is none.</summary>
    public EditableJson? Find(string name) => IndexOf(name) is >= 0 and var at ? Expand()[at].Value : null;

    /// <summary>The item of an array at this index, which must exist.</summary>
    public EditableJson ItemAt(int at) => ExpandItems()[at];

    /// <summary>
    /// The member of an object with this name, or the item of an array with this index; null if there is none.
    /// </summary>
    public EditableJson? Child(string name)
    {
        if (IsObject) return Find(name);
        return IsArray && JsonPointer.IndexOf(name) is { } at && at < Count ? ItemAt(at) : null;
    }

    /// <summary>The value that the parts of a JSON pointer lead to; null if there is none.</summary>
    public EditableJson? At(IEnumerable<string> parts)
    {
        var value = this;
        foreach (var part in parts)
        {
            if (value.Child(part) is not { } child) return null;
            value = child;
        }

        return value;
    }

    /// <summary>Sets a member of an object: a known one keeps its place, a new one comes at the end.</summary>
    public void Set(string name, EditableJson value)
    {
        var members = Expand();
        var at = IndexOf(name);
        if (at >= 0 && members[at].Value is not null)
        {
            members[at] = members[at] with { Value = value };
            return;
        }

        // A member that was removed has lost its place: if it comes back, it comes at the end.
        members.Add(new Member(name, Quote(name), value));
        if (_index is not null) _index[name] = members.Count - 1;
    }

    /// <summary>Removes a member of an object, if it is there.</summary>
    public void Remove(string name)
    {
        if (IndexOf(name) is >= 0 and var at) Expand()[at] = Expand()[at] with { Value = null };
    }

    /// <summary>Replaces the item of an array at an index that exists.</summary>
    public void SetItem(int at, EditableJson value) => ExpandItems()[at] = value;

    /// <summary>Removes the item of an array at an index that exists.</summary>
    public void RemoveItem(int at) => ExpandItems().RemoveAt(at);

    /// <summary>Appends an item to an array.</summary>
    public void Append(EditableJson item)
    {
        if (_items is not null) _items.Add(item);
        else (_tail ??= []).Add(item);
    }

    public byte[] ToBytes()
    {
        var output = new ArrayBufferWriter<byte>(_raw.Length + 64);
        WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    void WriteTo(ArrayBufferWriter<byte> output)
    {
        if (_members is not null) WriteMembers(output, _members);
        else if (_items is not null) WriteItems(output, "["u8, _items, isFirst: true);
        else if (_tail is not null) WriteTail(output, _tail);
        else output.Write(_raw.Span);
    }

    static void WriteMembers(ArrayBufferWriter<byte> output, List<Member> members)
    {
        var separator = "{"u8;
        foreach (var (_, name, value) in members)
        {
            if (value is null) continue;
            output.Write(separator);
            output.Write(name.Span);
            output.Write(":"u8);
            value.WriteTo(output);
            separator = ","u8;
        }

        output.Write(separator is [(byte)'{'] ? "{}"u8 : "}"u8);
    }

    /// <summary>Writes the array as it was, without its closing bracket, and then the appended items.</summary>
    void WriteTail(ArrayBufferWriter<byte> output, List<EditableJson> tail)
    {
        var before = Trim(_raw[..^1]);
        WriteItems(output, before.Span, tail, isFirst: before.Length == 1);
    }

    static void WriteItems(
        ArrayBufferWriter<byte> output, ReadOnlySpan<byte> start, List<EditableJson> items, bool isFirst)
    {
        output.Write(start);
        foreach (var item in items)
        {
            if (!isFirst) output.Write(","u8);
            isFirst = false;
            item.WriteTo(output);
        }

        output.Write("]"u8);
    }

    int IndexOf(string name)
    {
        var members = Expand();
        if (_index is null && members.Count > MaxLinear)
        {
            _index = new Dictionary<string, int>(members.Count, StringComparer.Ordinal);
            for (var at = 0; at < members.Count; at++) _index[members[at].Name] = at;
        }

        if (_index is not null) return _index.GetValueOrDefault(name, -1);
        return members.FindLastIndex(member => member.Name == name);
    }

    List<Member> Expand()
    {
        if (_members is not null) return _members;
        var members = new List<Member>();
        var reader = NewReader();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var quoted = _raw.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2);
            reader.Read();
            members.Add(new Member(name, quoted, Take(ref reader)));
        }

        return _members = members;
    }

    List<EditableJson> ExpandItems()
    {
        if (_items is not null) return _items;
        var items = new List<EditableJson>();
        var reader = NewReader();
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Take(ref reader));
        if (_tail is not null) items.AddRange(_tail);
        return _items = items;
    }

    /// <summary>
    /// Reads the value at which the reader stands. The reader then stands at the last token of the value.
    /// </summary>
    EditableJson Take(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new EditableJson(_raw[start..(int)reader.BytesConsumed]);
    }

    Utf8JsonReader NewReader() => new(_raw.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });

    static ReadOnlyMemory<byte> Quote(string name) =>
        Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(name, Contracts.Json.BatonJson.Options.Encoder)}\"");

    static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> json) => json.Trim(" \t\r\n"u8);

    /// <param name="Name">Decoded.</param>
    /// <param name="Quoted">As it stands in the text, quotes included.</param>
    /// <param name="Value">Null if the member was removed.</param>
    readonly record struct Member(string Name, ReadOnlyMemory<byte> Quoted, EditableJson? Value);
}
