using System.Reflection;

namespace Baton.Server.Platform.Basics.Requests;

/// <summary>Texts; in a header they are separated by commas.</summary>
internal sealed class TextsMember<TRequest>(PropertyInfo declared)
    : RequestMember<TRequest, IReadOnlyList<string>?>(declared)
    where TRequest : class
{
    public override string? SetText(object request, string text)
    {
        Set(request, text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return null;
    }

    /// <summary>The serializer lets null through within a list.</summary>
    public override string? Check(object request) =>
        Get(request)?.Contains(null) == true ? "has null in it, but must hold texts alone." : null;
}
