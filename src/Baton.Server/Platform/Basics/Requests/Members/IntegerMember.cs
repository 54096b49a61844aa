using System.Globalization;
using System.Reflection;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>A member that is a whole number, or absent.</summary>
internal sealed class IntegerMember<TRequest>(PropertyInfo declared) : RequestMember<TRequest, long?>(declared)
    where TRequest : class
{
    public override string HttpType => "integer";

    public override string? SetText(object request, string text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Bounds.NoNumber(text);
        Set(request, number);
        return null;
    }

    public override string? Check(object request) => Get(request) is { } number ? Bounds.Check(number) : null;
}
