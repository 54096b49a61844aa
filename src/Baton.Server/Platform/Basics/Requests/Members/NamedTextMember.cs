using System.Reflection;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>One of the texts that a request has by name.</summary>
internal sealed class NamedTextMember<TRequest> : RequestMember<TRequest, IReadOnlyDictionary<string, string>?>
    where TRequest : class
{
    /// <param name="declared">The member that has all of them, and whose bounds each has.</param>
    /// <param name="name">The name.</param>
    /// <param name="sentence">What it is.</param>
    public NamedTextMember(PropertyInfo declared, string name, string sentence)
        : base(declared)
    {
        Name = name;
        HttpName = name;
        Sentence = sentence;
    }

    public override string? SetText(object request, string text)
    {
        var texts = Get(request) is { } others
            ? new Dictionary<string, string>(others, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);
        texts[Name] = text;
        Set(request, texts);
        return null;
    }

    public override string? Check(object request) =>
        Get(request)?.TryGetValue(Name, out var text) == true ? Bounds.Check(text) : null;
}
