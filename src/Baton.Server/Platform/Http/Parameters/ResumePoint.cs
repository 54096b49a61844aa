using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics.Requests.Members;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http.Parameters;

/// <summary>
/// The place of an event source that comes back: it says it by `Last-Event-ID` (WHATWG HTML, section 9.2.4), and one in
/// a browser that may set no headers by `lastEventId`. Either goes before what the request says by `after`.
/// </summary>
/// <param name="Text">The text as it was sent.</param>
/// <param name="Name">The header or parameter.</param>
/// <param name="IsHeader">Whether <paramref name="Name"/> is a header.</param>
internal readonly record struct ResumePoint(string Text, string Name, bool IsHeader)
{
    const string Header = "Last-Event-ID";
    const string Parameter = "lastEventId";

    /// <summary>The header, for routes that answer event streams.</summary>
    /// <param name="after">What is declared of the member in whose place it stands.</param>
    public static ParameterSpec HeaderOf(RequestMember after) => new(
        Header, "string",
        "For event streams: the id received last; goes before `lastEventId` and `after`. Empty: none was.")
    {
        Pattern = PatternOf(after),
    };

    /// <summary>The parameter that stands for the header.</summary>
    /// <param name="after">What is declared of the member in whose place it stands.</param>
    public static ParameterSpec ParameterOf(RequestMember after) => new(
        Parameter, "string",
        "For event streams: as the header Last-Event-ID, for clients that can send none; the header goes before it.")
    {
        Pattern = PatternOf(after),
    };

    /// <summary>What the reader says; null: it says nothing.</summary>
    public static ResumePoint? Find(HttpCall call)
    {
        if (call.Header(Header) is { Length: > 0 } header) return new(header, Header, IsHeader: true);
        if (call.Query.Text(Parameter) is { Length: > 0 } query) return new(query, Parameter, IsHeader: false);
        return null;
    }

    /// <summary>Refuses the parameter of event streams, for answers that are none.</summary>
    public static void CheckAbsent(HttpCall call)
    {
        if (call.Query.Has(Parameter))
            call.Errors.Add(
                "query:" + Parameter,
                $"`{Parameter}` is for event streams: send `Accept: text/event-stream`, or leave it out.");
    }

    /// <summary>Notes what is wrong with the place.</summary>
    public void Refuse(HttpCall call, string wrong)
    {
        if (IsHeader) call.Errors.Add(ErrorCodes.RequestInvalidHeader, "header:" + Name, $"{Name} {wrong}");
        else call.Errors.Add("query:" + Name, $"`{Name}` {wrong}");
    }

    /// <summary>The pattern of the member, or nothing.</summary>
    static string PatternOf(RequestMember after) => $"{after.Bounds.Form!.Pattern}|^$";
}
