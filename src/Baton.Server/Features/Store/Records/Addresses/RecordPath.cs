using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Features.Store.Records.Addresses;

/// <summary>Reads where a record, or a namespace, is from the target of a request as it was sent.</summary>
/// <param name="space">Whose path it is.</param>
/// <param name="verb">What follows the namespace; null: a key does.</param>
internal sealed class RecordPath(RecordSpace space, string? verb) : IPathReader
{
    public IReadOnlyList<ParameterSpec> Path { get; } = verb is null
        ? [RecordAddress.NamespaceOf(space), RecordAddress.InPath]
        : [RecordAddress.NamespaceOf(space)];

    public IReadOnlyList<ParameterSpec> Query { get; } = verb is null ? [RecordAddress.InQuery] : [];

    public static RecordPath OfRecord(RecordSpace space) => new(space, verb: null);

    public static RecordPath OfNamespace(RecordSpace space, string verb = "") => new(space, verb);

    public string[] Read(HttpCall call)
    {
        var (name, key) = RecordAddress.Guess(call, space);
        return verb is null ? [name, key] : [name];
    }

    public void Check(HttpCall call)
    {
        if (verb is null) RecordAddress.Read(call, space);
        else RecordAddress.ReadNamespace(call, space, verb);
    }
}
