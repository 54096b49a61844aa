using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Http;

/// <summary>
/// Where a reader says it is: what it sent, and in which header or parameter. An event source that comes back says it
/// by `Last-Event-ID` (WHATWG HTML, section 9.2.4), and one in a browser that may set no headers by `lastEventId`.
/// </summary>
/// <param name="Text">As it was sent; null: it said nothing.</param>
/// <param name="Name">The header or parameter.</param>
/// <param name="IsHeader">Which of both.</param>
internal readonly record struct ResumePoint(string? Text, string Name, bool IsHeader)
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

    /// <summary>From what came last of an event stream, where one is wanted, or from `after`.</summary>
    public static ResumePoint Read(HttpCall call, bool isStream)
    {
        if (!isStream) CheckAbsent(call);
        else if (call.Header(Header) is { Length: > 0 } header) return new(header, Header, IsHeader: true);
        else if (call.Query.Text(Parameter) is { Length: > 0 } query) return new(query, Parameter, IsHeader: false);
        return new(call.Query.Text("after"), "after", IsHeader: false);
    }

    /// <summary>For answers that are no event stream.</summary>
    public static void CheckAbsent(HttpCall call)
    {
        if (call.Query.Has(Parameter))
            call.Errors.Add(
                "query:" + Parameter,
                $"`{Parameter}` is for event streams: send `Accept: text/event-stream`, or leave it out.");
    }

    /// <summary>Notes that it has not the form that is wanted.</summary>
    public void Refuse(HttpCall call, string wanted)
    {
        var message = $"\"{InputText.Shorten(Text!)}\", but must be {wanted}.";
        if (IsHeader)
            call.Errors.Add(ErrorCodes.RequestInvalidHeader, "header:" + Name, $"{Name} is {message}");
        else call.Errors.Add("query:" + Name, $"`{Name}` is {message}");
    }
}
