using System.Reflection;
using System.Text;
using System.Text.Json;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>
/// A member that is any JSON value, or absent. In a path, a query or a header it stands as JSON text.
/// </summary>
internal sealed class JsonMember<TRequest>(PropertyInfo declared) : RequestMember<TRequest, JsonElement?>(declared)
    where TRequest : class
{
    public override string? SetText(object request, string text)
    {
        var json = Encoding.UTF8.GetBytes(text);
        if (JsonValues.Check(json) is { } fault) return $"is wrong: {fault.Message}";
        Set(request, JsonElement.Parse(json));
        return null;
    }
}
