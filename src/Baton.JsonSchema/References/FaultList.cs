namespace Baton.JsonSchema.References;

/// <summary>The faults of a definition, up to a maximum. Owned by one compilation.</summary>
internal sealed class FaultList(int max)
{
    readonly List<SchemaFault> _faults = [];

    public IReadOnlyList<SchemaFault> All => _faults;

    public bool IsEmpty => _faults.Count == 0;

    public void Add(string pointer, string message)
    {
        var fault = new SchemaFault(pointer, message);
        if (_faults.Count < max && !_faults.Contains(fault)) _faults.Add(fault);
    }

    /// <summary>A fault in another document is shown where the definition refers to it.</summary>
    public void Add(SchemaDocument document, string pointer, string message)
    {
        if (document.ReferredFrom is null)
            Add(pointer, message);
        else
            Add(document.ReferredFrom, $"In {document.Uri}, at '{pointer}': {message}");
    }

    public void Add(SchemaPlace place, string keyword, string message) =>
        Add(place.Resource.Document, $"{place.Pointer}/{keyword}", message);
}
