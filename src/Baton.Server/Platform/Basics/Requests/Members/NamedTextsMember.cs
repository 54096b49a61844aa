using System.Reflection;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>Texts by name. Which names there are features declare, so each is a member of its own.</summary>
internal sealed class NamedTextsMember<TRequest>(PropertyInfo declared)
    : RequestMember<TRequest, IReadOnlyDictionary<string, string>?>(declared)
    where TRequest : class
{
    public override RequestMember Named(string name, string sentence) =>
        new NamedTextMember<TRequest>(Declared, name, sentence);
}
