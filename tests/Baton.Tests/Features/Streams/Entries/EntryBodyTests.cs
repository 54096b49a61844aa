using System.Text;
using System.Text.Json;
using Baton.Server.Features.Streams.Entries;
using FsCheck.Fluent;

namespace Baton.Tests.Features.Streams.Entries;

/// <summary>Bodies of appends: every value comes through byte for byte, and what a strict parser refuses is refused.</summary>
public sealed class EntryBodyTests
{
    [Fact]
    public void Parse_AnyValue_KeepsItsBytes() => Laws.Hold(JsonTexts.Any, json =>
    {
        var one = EntryBody.Parse(Encoding.UTF8.GetBytes($" {{ \"label\" : \"l\", \"data\" : {json} }} "));
        Assert.Equal(json.Trim(), Encoding.UTF8.GetString(Assert.Single(one.Value!).Data));
        var two = EntryBody.Parse(Encoding.UTF8.GetBytes($"[{{\"data\":{json}}},\n{{\"data\":null}}]")).Value!;
        Assert.Equal((json.Trim(), "null"), (Encoding.UTF8.GetString(two[0].Data), Encoding.UTF8.GetString(two[1].Data)));
        Assert.Equal(("/0", "/1"), (two[0].Pointer, two[1].Pointer));
    });

    [Fact]
    public void Parse_AnyBytes_AgreesWithAStrictParser() => Laws.Hold(Laws.TextOf("{}[]:,\"ab \\ud80c1e.-tnl").Select(text => $"{{\"data\":{text}}}"), text =>
    {
        var isJson = true;
        try
        {
            using var strict = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            isJson = false;
        }

        if (EntryBody.Parse(Encoding.UTF8.GetBytes(text)).Failure is null) Assert.True(isJson, text);
    }, count: 3000);

    [Fact]
    public void Parse_AThousandEntries_IsTheMost()
    {
        Assert.Equal(1000, EntryBody.Parse(Many(1000)).Value!.Length);
        Assert.Contains("more than 1000", EntryBody.Parse(Many(1001)).Failure!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ManyMembersDeeplyNested_TakesTimeInProportion()
    {
        var nested = string.Concat(Enumerable.Repeat("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":", 60));
        var body = $"{{\"data\":{nested}\"{new string('x', 900_000)}\"{new string('}', 60)}}}";
        Assert.Null(EntryBody.Parse(Encoding.UTF8.GetBytes(body)).Failure);
    }

    static byte[] Many(int count) => Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("{\"data\":1}", count))}]");
}

/// <summary>Random JSON texts, with white space, escapes and numbers of many forms.</summary>
internal static class JsonTexts
{
    static FsCheck.Gen<string> Scalar { get; } = Gen.OneOf(
        Gen.Elements("null", "true", " false\n", "0", "-0", "1.50", "10e-1", "1E+2", "123456789012345678901234567890", "\"\\u00e9\\/\"", "\"\\ud83d\\ude00\"", "{}", "[ ]"),
        Laws.Text.Select(text => JsonSerializer.Serialize(text)));

    // After what it is made of: these are made in their order.
    public static FsCheck.Gen<string> Any { get; } = OfDepth(3);

    static FsCheck.Gen<string> OfDepth(int depth) => depth == 0
        ? Scalar
        : Gen.OneOf(
            Scalar,
            OfDepth(depth - 1).ListOf().Select(items => $"[{string.Join(" ,\r\n", items)}]"),
            OfDepth(depth - 1).ListOf().Select(items => $"{{{string.Join(", ", items.Select((item, index) => $"\"m{index}~/\" :{item}"))}}}"));
}
