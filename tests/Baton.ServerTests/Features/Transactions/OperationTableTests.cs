using System.Text;
using System.Text.Json.Nodes;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Transactions;

/// <summary>The page of transactions tells every operation with its fields, as the OpenAPI document does.</summary>
public sealed class OperationTableTests
{
    const string Page = "docs/transactions.md";
    const string Begin = "<!-- operations: written by a test -->\n";
    const string End = "<!-- end of operations -->\n";

    [Fact]
    public async Task Page_Table_IsThatOfTheServer()
    {
        await using var server = await TestServer.StartAsync();
        var document = JsonNode.Parse(await server.Admin.GetStringAsync("/openapi/v1.json", Cancellation))!;
        var path = Repository.PathOf(Page);
        var page = await File.ReadAllTextAsync(path, Cancellation);
        var (start, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        Assert.True(start > 0 && end > start, $"{Page} has no place for the table.");
        var written = page[..(start + Begin.Length)] + TableOf(document) + page[end..];
        if (Environment.GetEnvironmentVariable("BATON_APPROVE") == "1")
            await File.WriteAllTextAsync(path, page = written, Cancellation);
        Assert.True(page == written, $"The table in {Page} is not up to date: BATON_APPROVE=1 script/test {nameof(OperationTableTests)}");
    }

    static string TableOf(JsonNode document)
    {
        var schemas = document["components"]!["schemas"]!;
        var mapping = schemas["TransactionRequest"]!["properties"]!["operations"]!["items"]!["discriminator"]!["mapping"]!;
        var table = new StringBuilder();
        foreach (var (name, reference) in mapping.AsObject())
        {
            var schema = schemas[((string)reference!).Split('/')[^1]]!;
            table.Append($"\n### `{name}`\n\n{(string)schema["description"]!}\n\n| field | type | |\n|---|---|---|\n");
            var required = schema["required"]!.AsArray().Select(member => (string)member!).ToHashSet();
            foreach (var (field, member) in schema["properties"]!.AsObject().Where(pair => pair.Key != "op"))
                table.Append($"| `{field}` | {TypeOf(member!)} | {(required.Contains(field) ? "Required. " : "")}{(string?)member!["description"]} |\n");
        }

        return table.Append('\n').ToString();
    }

    static string TypeOf(JsonNode member) => member["type"] switch
    {
        JsonArray types => (string)types.First(type => (string)type! != "null")!,
        { } type => (string)type!,
        null => "any",
    };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
