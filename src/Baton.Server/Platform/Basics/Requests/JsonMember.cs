using System.Reflection;
using System.Text;
using System.Text.Json;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Platform.Basics.Requests;

/// <summary>Any JSON, or nothing. As text it is JSON in its own form.</summary>
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
