using Baton.Server.Platform.Access;
using Baton.Server.Platform.Commits.Sources;
using Baton.Server.Platform.Reading.Discovery;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Platform.Resources;

/// <summary>
/// The types of things that there are, whole from the first moment, and what each floor wants to know of them. Safe
/// for concurrent use.
/// </summary>
internal sealed class ResourceTypes
{
    /// <param name="all">The types, in the order in which sentences name them.</param>
    public ResourceTypes(params IReadOnlyList<ResourceType> all)
    {
        All = all;
        Check();
        Permissions = new Permissions(all.Select(type => (type.Name, type.Access)));
        Sources = new SourceKinds(Declared(type => type.Source), Permissions);
        Discovery = new DiscoverySources([.. Declared(type => type.Discovery)]);
        SchemaTargets = new SchemaTargets(all.Where(type => type.IsBoundToSchemas).Select(type => type.Name));
    }

    public IReadOnlyList<ResourceType> All { get; }

    public Permissions Permissions { get; }

    public SourceKinds Sources { get; }

    public DiscoverySources Discovery { get; }

    public SchemaTargets SchemaTargets { get; }

    IEnumerable<KeyValuePair<string, T>> Declared<T>(Func<ResourceType, T?> part)
        where T : class =>
        from type in All
        let declared = part(type)
        where declared is not null
        select KeyValuePair.Create(type.Name, declared);

    /// <summary>Names that could be taken for each other would mix up who may see what.</summary>
    void Check()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in All)
        {
            if (type.Name.Length == 0 || !type.Name.All(char.IsAsciiLetterLower))
                throw new InvalidOperationException(
                    $"A type of things is called \"{type.Name}\", but must be a word of small letters.");
            if (!names.Add(type.Name))
                throw new InvalidOperationException($"The type \"{type.Name}\" is declared twice.");
        }
    }
}
