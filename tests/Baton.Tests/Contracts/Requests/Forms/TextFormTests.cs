using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Baton.Contracts.Requests;

namespace Baton.Tests.Contracts.Requests.Forms;

/// <summary>What the code of a form takes, its expression takes: clients and documents may go by that.</summary>
public sealed class TextFormTests
{
    static readonly List<TextFormAttribute> s_forms =
    [
        .. from type in typeof(IRequest).Assembly.GetTypes()
           where type.IsAssignableTo(typeof(IRequest))
           from property in type.GetProperties()
           let form = property.GetCustomAttribute<TextFormAttribute>()
           where form is not null
           select form into form
           group form by form.Pattern into same
           select same.First(),
    ];

    static readonly string[] s_texts =
    [
        "", ".", "..", "...", "a", "A.b_c-9", "/", "/events", "/events?a", "str_", "str_a", "str_str_a", "str_..", "sch_", "sch_a1", "sch_A",
        "key_1", "a b", "a\n", "\u0001", "a\u007f", "a\u009f", "ä", "\ud83d\ude00", new('a', 128), new('a', 129),
        "str_" + new string('a', 128), "sch_" + new string('a', 60), "sch_" + new string('a', 61), new('f', 64), "0A" + new string('f', 62),
        new('f', 63), new('f', 65), new('g', 64),
        "now", "now ", "0", "17", "-1", "+1", " 1", "1.0", "1a", new('0', 19), new('0', 20), long.MaxValue.ToString(CultureInfo.InvariantCulture),
        "str_a1:5", "str_a1:now", "str_a1:", "str_:5", "str_A:5", "sch_a1:5", ":5", "a:5", "str_a1:5:5", "str_a1:-1", "str_a1:" + new string('0', 20),
        "/a~0b", "/~1/~0", "/a~", "/~2", "a~0", "//", "/a\n~0", "/" + new string('a', 511),
    ];

    [Fact]
    public void Form_OfAnyText_IsThatOfItsExpression()
    {
        Assert.True(s_forms.Count >= 11, string.Join(", ", s_forms));
        foreach (var form in s_forms)
        {
            Assert.EndsWith(".", form.Rule, StringComparison.Ordinal);
            foreach (var text in s_texts)
            {
                var expected = Regex.IsMatch(text, form.Pattern.Replace("$", "\\z", StringComparison.Ordinal));
                Assert.True(expected == form.Fits(text), $"{form.GetType().Name} of \"{text}\" should be {expected}.");
            }
        }
    }
}
