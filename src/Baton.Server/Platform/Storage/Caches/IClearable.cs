namespace Baton.Server.Platform.Storage.Caches;

/// <summary>A cache that can be emptied, whatever its rows.</summary>
internal interface IClearable
{
    void Clear();
}
