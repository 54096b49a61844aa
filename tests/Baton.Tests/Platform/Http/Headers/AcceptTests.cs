using Baton.Server.Platform.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Baton.Tests.Platform.Http.Headers;

/// <summary>What is answered where a route has several content types.</summary>
public sealed class AcceptTests
{
    const string Json = "application/json";
    const string Events = "text/event-stream";

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("*/*", false)]
    [InlineData("text/event-stream", true)]
    [InlineData("TEXT/Event-Stream", true)]
    [InlineData("text/event-stream;charset=utf-8", true)]
    [InlineData("text/*", true)]
    [InlineData("application/json, text/event-stream", false)]
    [InlineData("text/event-stream, application/json", false)]
    [InlineData("text/event-stream, */*", false)]
    [InlineData("text/event-stream, */*;q=0.1", true)]
    [InlineData("text/event-stream, application/*;q=0.9", true)]
    [InlineData("text/event-stream;q=0.9, application/json", false)]
    [InlineData("text/event-stream;q=0.9, application/json;q=0.8", true)]
    [InlineData("text/event-stream;q=0", false)]
    [InlineData("text/event-stream;q=0, */*", false)]
    [InlineData("text/*;q=0, text/event-stream", true)]
    [InlineData("text/event-stream;q=0, text/*", false)]
    [InlineData("text/event-streams", false)]
    [InlineData("application/json;note=\"text/event-stream\"", false)]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8", false)]
    [InlineData("image/png", false)]
    [InlineData("no such header", false)]
    public void Events_BesideJson_AreAnsweredOnlyToWhoPrefersThem(string? header, bool isWanted) =>
        Assert.Equal(isWanted, Accept.Prefers(Of(header), Events, Json));

    [Theory]
    [InlineData("text/event-stream", true)]
    [InlineData("text/markdown, text/event-stream", false)]
    [InlineData("text/markdown;q=0.5, text/event-stream", true)]
    [InlineData("text/event-stream, */*", false)]
    [InlineData("text/*", false)]
    [InlineData("text/event-stream, text/*", false)]
    [InlineData("text/event-stream, text/*;q=0.5", true)]
    [InlineData("text/event-stream;q=0, text/*", false)]
    [InlineData("*/*", false)]
    public void Events_BesideAThingOfUnknownType_AreAnsweredOnlyToWhoPrefersThem(string header, bool isWanted) =>
        Assert.Equal(isWanted, Accept.Prefers(Of(header), Events));

    [Fact]
    public void Accept_OverSeveralLines_IsOneList()
    {
        var request = Of(header: null);
        request.Headers.Accept = new[] { "text/event-stream", "application/json" };
        Assert.False(Accept.Prefers(request, Events, Json));
        request.Headers.Accept = new[] { "application/json;q=0.5", "text/event-stream" };
        Assert.True(Accept.Prefers(request, Events, Json));
    }

    static HttpRequest Of(string? header)
    {
        var request = new DefaultHttpContext().Request;
        if (header is not null) request.Headers.Accept = header;
        return request;
    }
}
