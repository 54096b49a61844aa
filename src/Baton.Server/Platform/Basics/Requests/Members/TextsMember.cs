using System.Globalization;
using System.Reflection;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>A member that is a list of texts, or absent. In a header the texts are separated by commas.</summary>
internal sealed class TextsMember<TRequest>(PropertyInfo declared)
    : RequestMember<TRequest, IReadOnlyList<string>?>(declared)
    where TRequest : class
{
    public override string? SetText(object request, string text)
    {
        Set(request, text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return null;
    }

    /// <summary>Adds the items that are null, which the serializer lets through within a list.</summary>
    public override void Check(object request, InputErrors errors)
    {
        var texts = Get(request);
        for (var index = 0; index < texts?.Count; index++)
        {
            if (texts[index] is null)
                errors.Add(
                    string.Create(CultureInfo.InvariantCulture, $"/{Name}/{index}"),
                    $"An item of `{Name}` is null, but must be a text.");
        }
    }
}
