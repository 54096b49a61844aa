using System.Globalization;
using System.Text;
using System.Text.Json;
using Baton.Contracts.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Contracts.Ledger;

public sealed class DetailTests
{
    const long MaxInteger = (1L << 53) - 1;

    static readonly Gen<object> s_values = Gen.OneOf(
        Laws.Text.Select(text => (object)text),
        Gen.Elements<object>(true, false, 0L, -1L, MaxInteger, -MaxInteger),
        Gen.Choose(int.MinValue, int.MaxValue).Select(number => (object)(long)number));

    [Fact]
    public void ToBytes_OfAnyMembers_IsCanonicalAndReadsBack() => Laws.Hold(
        from names in Laws.Text.ListOf()
        from values in s_values.ArrayOf(names.Count)
        select names.Zip(values).DistinctBy(pair => pair.First).ToList(), members =>
    {
        var detail = new Detail();
        foreach (var (name, value) in members) Add(detail, name, value);
        var bytes = detail.ToBytes();
        var read = JsonElement.Parse(bytes).EnumerateObject().Select(member => (member.Name, Value(member.Value)));
        Assert.Equal(members.OrderBy(member => member.First, StringComparer.Ordinal).Select(pair => (pair.First, pair.Second)), read);
        Assert.Equal(bytes, Encoding.UTF8.GetBytes(Canonical(members)));
    });

    [Theory]
    [InlineData("\u20ac$\u000f\nA'B\"\\\\\"/", "{\"a\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}")]
    [InlineData("\u007f\u2028\u00f6\ud83d\ude00", "{\"a\":\"\u007f\u2028\u00f6\ud83d\ude00\"}")]
    [InlineData("\b\t\n\f\r\0\u001f", "{\"a\":\"\\b\\t\\n\\f\\r\\u0000\\u001f\"}")]
    public void ToBytes_OfATextOfTheStandard_EscapesAsItAsks(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(new Detail().Add("a", text).ToBytes()));

    [Fact]
    public void ToBytes_OfTheStandardsSorting_SortsByUtf16()
    {
        var detail = new Detail().Add("\u20ac", 1).Add("\r", 2).Add("\ufb33", 3).Add("1", 4).Add("\ud83d\ude00", 5).Add("\u0080", 6).Add("\u00f6", 7);
        var numbers = JsonElement.Parse(detail.ToBytes()).EnumerateObject().Select(member => member.Value.GetInt64());
        Assert.Equal([2, 4, 6, 7, 1, 5, 3], numbers);
    }

    [Theory]
    [InlineData(MaxInteger + 1)]
    [InlineData(-MaxInteger - 1)]
    [InlineData(long.MaxValue)]
    public void Add_OfAnIntegerThatOthersWouldRound_IsRefused(long value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Detail().Add("a", value));

    static void Add(Detail detail, string name, object value)
    {
        if (value is string text) detail.Add(name, text);
        else if (value is bool truth) detail.Add(name, truth);
        else detail.Add(name, (long)value);
    }

    static object Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetInt64(),
        _ => value.GetBoolean(),
    };

    /// <summary>RFC 8785 a second time, by other means.</summary>
    static string Canonical(List<(string Name, object Value)> members) =>
        "{" + string.Join(',', members.OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => Quote(member.Name) + ":" + (member.Value switch
            {
                string text => Quote(text),
                bool truth => truth ? "true" : "false",
                var number => Convert.ToString(number, CultureInfo.InvariantCulture),
            }))) + "}";

    static string Quote(string text) => '"' + string.Concat(text.Select(c => "\"\\\b\t\n\f\r".IndexOf(c, StringComparison.Ordinal) switch
    {
        >= 0 and var index => "\\" + "\"\\btnfr"[index],
        _ => c < ' ' ? "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture) : c.ToString(),
    })) + '"';
}
