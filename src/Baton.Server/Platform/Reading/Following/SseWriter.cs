using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Baton.Server.Platform.Reading.Following;

/// <summary>Writes the lines of server-sent events into an answer's buffer.</summary>
internal readonly struct SseWriter(PipeWriter pipe)
{
    public void Event(long id, ReadOnlySpan<byte> data)
    {
        Text(string.Create(CultureInfo.InvariantCulture, $"id: {id}\ndata: "));
        Bytes(data);
        Bytes("\n\n"u8);
    }

    public void Cursor(string id) => Text($"id: {id}\n\n");

    /// <summary>Writes lines that are ready to be sent.</summary>
    public void Bytes(ReadOnlySpan<byte> lines)
    {
        lines.CopyTo(pipe.GetSpan(lines.Length));
        pipe.Advance(lines.Length);
    }

    public void Text(string text) =>
        pipe.Advance(Encoding.UTF8.GetBytes(text, pipe.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
}
