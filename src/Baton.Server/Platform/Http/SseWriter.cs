using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Baton.Server.Platform.Reading.Following;

namespace Baton.Server.Platform.Http;

/// <summary>Writes events into an answer's buffer, as lines of server-sent events. Used by one stream only.</summary>
internal sealed class SseWriter(PipeWriter pipe) : IEventWriter
{
    public void Event(long id, ReadOnlySpan<byte> data)
    {
        Text(string.Create(CultureInfo.InvariantCulture, $"id: {id}\ndata: "));
        Bytes(data);
        Bytes("\n\n"u8);
    }

    public void Event(RenderedEvent rendered) => Bytes(rendered.Lines);

    public void Cursor(string id) => Text($"id: {id}\n\n");

    public void Text(string text) =>
        pipe.Advance(Encoding.UTF8.GetBytes(text, pipe.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));

    void Bytes(ReadOnlySpan<byte> lines)
    {
        lines.CopyTo(pipe.GetSpan(lines.Length));
        pipe.Advance(lines.Length);
    }
}
