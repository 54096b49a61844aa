using System.Net;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Stashes;

public sealed class HandOverTests
{
    [Fact]
    public async Task Put_ThenGetByAnotherKey_AnswersTheSameBytes()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await TestServer.StartAsync();
        using var content = new StringContent("# Findings\n");
        var put = await server.Admin.PutAsync("/stash/market-research", content, cancellation);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal("# Findings\n", await server.Admin.GetStringAsync("/stash/market-research", cancellation));
    }
}
