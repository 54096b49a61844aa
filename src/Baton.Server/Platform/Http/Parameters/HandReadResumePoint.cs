using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http.Parameters;

/// <summary>
/// For the reads that parse their query by hand; goes with the last of them.
/// The place that a reader names: what it sent, and in which header or parameter. An event source that comes back says
/// it by `Last-Event-ID` (WHATWG HTML, section 9.2.4), and one in a browser that may set no headers by `lastEventId`.
/// </summary>
/// <param name="Text">The text as it was sent; null: the reader named no place.</param>
/// <param name="Name">The header or parameter.</param>
/// <param name="IsHeader">Whether <paramref name="Name"/> is a header.</param>
internal readonly record struct HandReadResumePoint(string? Text, string Name, bool IsHeader)
{
    const string Header = "Last-Event-ID";
    const string Parameter = "lastEventId";

    /// <summary>The header, for routes that answer event streams.</summary>
    /// <param name="pattern">What it takes, without its ends.</param>
    /// <param name="others">The parameters that it goes before.</param>
    public static ParameterSpec HeaderOf(string pattern, string others) => new(
        Header, "string", $"For event streams: the id received last; goes before {others}. Empty: none was.")
    {
        Pattern = $"^({pattern})?$",
    };

    /// <summary>The parameter that stands for the header.</summary>
    /// <param name="pattern">What it takes, without its ends.</param>
    public static ParameterSpec ParameterOf(string pattern) => new(
        Parameter, "string",
        "For event streams: as the header Last-Event-ID, for clients that can send none; the header goes before it.")
    {
        Pattern = $"^({pattern})?$",
    };

    /// <summary>Reads the place: of an event stream from what the reader got last, otherwise from `after`.</summary>
    public static HandReadResumePoint Read(HttpCall call, bool isStream)
    {
        if (!isStream) CheckAbsent(call);
        else if (call.Header(Header) is { Length: > 0 } header) return new(header, Header, IsHeader: true);
        else if (call.Query.Text(Parameter) is { Length: > 0 } query) return new(query, Parameter, IsHeader: false);
        return new(call.Query.Text("after"), "after", IsHeader: false);
    }

    /// <summary>Refuses the header and the parameter of event streams, for answers that are none.</summary>
    public static void CheckAbsent(HttpCall call)
    {
        if (call.Query.Has(Parameter))
            call.Errors.Add(
                "query:" + Parameter,
                $"`{Parameter}` is for event streams: send `Accept: text/event-stream`, or leave it out.");
    }

    /// <summary>Notes that the place does not have the right form.</summary>
    public void Refuse(HttpCall call, string wanted)
    {
        var message = $"\"{InputText.Shorten(Text!)}\", but must be {wanted}.";
        if (IsHeader)
            call.Errors.Add(ErrorCodes.RequestInvalidHeader, "header:" + Name, $"{Name} is {message}");
        else call.Errors.Add("query:" + Name, $"`{Name}` is {message}");
    }
}
