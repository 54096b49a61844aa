using System.Buffers;
using System.Text;

namespace Baton.Server.Platform.Reading.Following;

/// <summary>
/// An event that was rendered once for all its readers, as the lines of a server-sent event (WHATWG HTML, section
/// 9.2.5), which most of them are sent as they are. For all others its id and its data are parts of these lines.
/// Immutable.
/// </summary>
internal sealed class RenderedEvent
{
    readonly byte[] _lines;
    readonly int _idLength;

    RenderedEvent(byte[] lines, int idLength) => (_lines, _idLength) = (lines, idLength);

    /// <summary>The lines of a server-sent event, with the empty line that ends it.</summary>
    public ReadOnlySpan<byte> Lines => _lines;

    /// <summary>The place of a reader who has the event, which resumes the source.</summary>
    public ReadOnlySpan<byte> Id => Lines.Slice(IdField.Length, _idLength);

    /// <summary>The data: JSON in UTF-8, on one line.</summary>
    public ReadOnlySpan<byte> Data => Lines[(IdField.Length + _idLength + DataField.Length)..^End.Length];

    static ReadOnlySpan<byte> IdField => "id: "u8;

    static ReadOnlySpan<byte> DataField => "\ndata: "u8;

    static ReadOnlySpan<byte> End => "\n\n"u8;

    /// <summary>Renders an event.</summary>
    /// <param name="id">The place of a reader who has the event, in ASCII.</param>
    /// <param name="thing">What the data tells of.</param>
    /// <param name="size">About how many bytes the event has.</param>
    /// <param name="writeData">Writes the data, which is JSON on one line.</param>
    public static RenderedEvent Of<T>(string id, T thing, int size, Action<T, IBufferWriter<byte>> writeData)
    {
        var output = new ArrayBufferWriter<byte>(size);
        output.Write(IdField);
        Encoding.ASCII.GetBytes(id, output);
        output.Write(DataField);
        writeData(thing, output);
        output.Write(End);
        return new RenderedEvent(output.WrittenSpan.ToArray(), id.Length);
    }
}
