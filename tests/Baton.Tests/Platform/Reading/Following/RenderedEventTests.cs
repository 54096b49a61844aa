using System.Buffers;
using System.Text;
using Baton.Server.Platform.Reading.Following;

namespace Baton.Tests.Platform.Reading.Following;

public sealed class RenderedEventTests
{
    [Theory]
    [InlineData("str_a:1", "{\"a\":\"ä\"}")]
    [InlineData("7", "")]
    [InlineData("7", "id: 8")]
    public void Event_Rendered_HasItsPartsInItsLines(string id, string data)
    {
        var rendered = RenderedEvent.Of(id, data, size: 1, static (text, output) => output.Write(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(
            ($"id: {id}\ndata: {data}\n\n", id, data),
            (Encoding.UTF8.GetString(rendered.Lines), Encoding.UTF8.GetString(rendered.Id), Encoding.UTF8.GetString(rendered.Data)));
    }
}
