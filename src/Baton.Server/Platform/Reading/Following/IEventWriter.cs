namespace Baton.Server.Platform.Reading.Following;

/// <summary>
/// Takes the events of a followed source, and gives them the form in which an edge sends them. The data of every event
/// is JSON in UTF-8, on one line.
/// </summary>
internal interface IEventWriter
{
    /// <summary>Takes an event.</summary>
    /// <param name="id">The place of a reader who has the event, which resumes the source.</param>
    /// <param name="data">The data of the event. It is valid only during the call.</param>
    void Event(long id, ReadOnlySpan<byte> data);

    /// <summary>Takes an event that was rendered once for all readers.</summary>
    void Event(RenderedEvent rendered);

    /// <summary>Takes the place of the reader, which has moved on over what is no event for this reader.</summary>
    void Cursor(string id);
}
