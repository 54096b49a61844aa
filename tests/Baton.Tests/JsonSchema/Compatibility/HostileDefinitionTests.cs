using System.Text;
using Baton.JsonSchema;
using Baton.JsonSchema.Compatibility;

namespace Baton.Tests.JsonSchema.Compatibility;

/// <summary>Definitions that are made to take long, or much of the stack: every one gets an answer.</summary>
public sealed class HostileDefinitionTests
{
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    static readonly Dictionary<string, (string Older, string Newer)> s_pairs = new()
    {
        ["deep"] = (Nested(60, "{'type':'integer'}"), Nested(60, "{'type':'number'}")),
        ["long chain of references"] = (Chain(5000, "{'type':'integer'}"), Chain(5000, "{'type':'number'}")),
        ["chain inside of values"] = (ItemChain(3000, "{'type':'integer'}"), ItemChain(3000, "{'type':'number'}")),
        ["two branches on each level"] = (Doubling(40, "integer"), Doubling(40, "number")),
        ["two branches on each level, negated"] = (Doubling(40, "number", "not"), Doubling(40, "integer", "not")),
        ["many conditions"] = (Conditions(25, 1), Conditions(25, 2)),
        ["unrelated alternatives"] = (Alternatives(18, 0), Alternatives(18, 1)),
        ["many branches of oneOf"] = (Branches(120), Branches(130)),
        ["large enum"] = ($"{{'enum':[{Numbers(50_000)}]}}", $"{{'enum':[{Numbers(50_001)}]}}"),
        ["large enum of strings becomes a pattern"] = (
            $"{{'enum':[{string.Join(',', Enumerable.Range(0, 20_000).Select(number => $"'a{number}'"))}]}}",
            "{'type':'string','pattern':'^a[0-9]+$'}"),
        ["large numbers"] = ("{'multipleOf':1e-300,'maximum':1e300}", "{'multipleOf':3e-300,'minimum':-1e300}"),
        ["numbers beyond all use"] = ("{'minimum':1e999999999}", "{'minimum':1e999999998}"),
        ["patterns that backtrack"] = (
            $"{{'enum':[{string.Join(',', Enumerable.Range(100, 90).Select(length => $"'{new string('a', length)}b'"))}]}}",
            "{'not':{'pattern':'^(?=((a|aa)+)+$)'}}"),
        ["many patterns"] = (Patterns(30), Patterns(31)),
        ["many members"] = (Members(2000, "integer"), Members(2001, "number")),
        ["mutual recursion"] = (Mutual(30, "integer"), Mutual(30, "number")),
        ["long array"] = ("{'type':'array','minItems':1000000000}", "{'minItems':1000000001}"),
        ["long string"] = ("{'type':'string','minLength':1000000000}", "{'minLength':1000000001}"),
        ["many members wanted"] = ("{'type':'object','minProperties':1000000000}", "{'minProperties':1000000001}"),
        ["long tuple"] = ($"{{'prefixItems':[{string.Join(',', Enumerable.Repeat("{'minimum':1}", 5000))}]}}", "{'items':{'minimum':1}}"),
    };

    public static TheoryData<string> Names { get; } = [.. s_pairs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Compare_HostileDefinitions_ComesToAnEnd(string name)
    {
        var (older, newer) = s_pairs[name];
        Assert.Empty(CompiledSchema.Compile(Change.Json(older)).Faults);
        foreach (var (first, second) in ((string, string)[])[(older, newer), (newer, older)])
        {
            // The stack is the one of an ordinary thread of the pool.
            var verdict = await Task.Run(() => SchemaCompatibility.Compare(Change.Json(first), Change.Json(second)))
                .WaitAsync(s_deadline, TestContext.Current.CancellationToken);
            TestContext.Current.SendDiagnosticMessage($"{name}: {verdict.Outcome} {verdict.Reason}");
        }
    }

    static string Nested(int depth, string inner) =>
        string.Concat(Enumerable.Repeat("{'items':", depth)) + inner + new string('}', depth);

    static string Chain(int length, string last) =>
        $"{{'$ref':'#/$defs/d0','$defs':{{{Definitions(length, next => $"{{'$ref':'#/$defs/d{next}'}}", last)}}}}}";

    static string ItemChain(int length, string last) =>
        $"{{'$ref':'#/$defs/d0','$defs':{{{Definitions(length, next => $"{{'items':{{'$ref':'#/$defs/d{next}'}}}}", last)}}}}}";

    static string Doubling(int depth, string type, string keyword = "contains") =>
        $"{{'{keyword}':{{'$ref':'#/$defs/d0'}},'$defs':{{{Definitions(
            depth,
            next => $"{{'anyOf':[{{'items':{{'$ref':'#/$defs/d{next}'}}}},{{'contains':{{'$ref':'#/$defs/d{next}'}}}}]}}",
            $"{{'type':'{type}'}}")}}}}}";

    static string Definitions(int count, Func<int, string> make, string last)
    {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++) text.Append($"'d{number}':{make(number + 1)},");
        return text.Append($"'d{count}':{last}").ToString();
    }

    static string Conditions(int count, int bound) => $"{{'allOf':[{string.Join(',', Enumerable.Range(0, count).Select(number =>
        $"{{'if':{{'required':['a{number}']}},'then':{{'minProperties':{bound + number % 3}}},'else':{{'required':['b{number}']}}}}"))}]}}";

    static string Alternatives(int count, int offset) => $"{{'allOf':[{string.Join(',', Enumerable.Range(0, count).Select(number =>
        $"{{'anyOf':[{{'multipleOf':{number + 2}}},{{'multipleOf':{number * 7 + 3 + offset}}},{{'maximum':{number}}}]}}"))}]}}";

    static string Branches(int count) => $"{{'oneOf':[{string.Join(',', Enumerable.Range(0, count).Select(number =>
        $"{{'properties':{{'kind':{{'const':{number}}},'x':{{'minimum':{number}}}}},'required':['kind']}}"))}]}}";

    static string Numbers(int count) => string.Join(',', Enumerable.Range(0, count));

    static string Patterns(int count) => $"{{'patternProperties':{{{string.Join(',', Enumerable.Range(0, count).Select(number =>
        $"'^a{number}':{{'minimum':{number}}}"))}}},'additionalProperties':false}}";

    static string Members(int count, string type) =>
        $"{{'properties':{{{string.Join(',', Enumerable.Range(0, count).Select(number => $"'m{number}':{{'type':'{type}'}}"))}}}," +
        $"'required':[{string.Join(',', Enumerable.Range(0, 2000).Select(number => $"'m{number}'"))}],'additionalProperties':false}}";

    static string Mutual(int count, string type) =>
        $"{{'$ref':'#/$defs/d0','$defs':{{{string.Join(',', Enumerable.Range(0, count).Select(number =>
            $"'d{number}':{{'properties':{{'v':{{'type':'{type}'}},'l':{{'$ref':'#/$defs/d{number * 7 % count}'}}," +
            $"'r':{{'$ref':'#/$defs/d{(number * 11 + 1) % count}'}}}},'additionalProperties':false}}"))}}}}}";
}
