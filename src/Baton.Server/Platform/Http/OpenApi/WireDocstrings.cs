using System.Reflection;
using System.Xml.Linq;

namespace Baton.Server.Platform.Http.OpenApi;

/// <summary>The docstrings of the wire records: the compiler's XML, which the build embeds here.</summary>
internal sealed class WireDocstrings
{
    const string ResourceName = "Baton.Contracts.xml";

    static readonly Lazy<WireDocstrings> s_shared = new(Load);

    readonly Dictionary<string, string> _summaries;

    WireDocstrings(Dictionary<string, string> summaries) => _summaries = summaries;

    /// <summary>
    /// The docstrings, which are read when they are first needed, once for all servers of the process.
    /// </summary>
    public static WireDocstrings Shared => s_shared.Value;

    static WireDocstrings Load()
    {
        using var stream = typeof(WireDocstrings).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The resource {ResourceName} is missing: the build must embed it.");
        return new WireDocstrings(XDocument.Load(stream).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => TextOf(member.Element("summary")!)));
    }

    /// <summary>The summary of a type. Null if it has none, and for a generic type, whose name says more.</summary>
    public string? SummaryOf(Type type) => _summaries.GetValueOrDefault($"T:{type.FullName}");

    public string? SummaryOf(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        if (type.IsGenericType) type = type.GetGenericTypeDefinition();
        return _summaries.GetValueOrDefault($"P:{type.FullName}.{property.Name}");
    }

    /// <summary>On one line, as Markdown.</summary>
    static string TextOf(XElement summary) =>
        string.Join(' ', summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
