namespace Baton.Server.Platform.Storage;

/// <summary>A cache that can be emptied, whatever its rows.</summary>
internal interface IClearable
{
    void Clear();
}
