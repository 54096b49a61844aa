using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http.Parameters;

/// <summary>
/// Reads what a path names, where the web server's reading of it does not tell: names that may hold any character.
/// </summary>
internal interface IPathReader
{
    /// <summary>The parameters of the path.</summary>
    IReadOnlyList<ParameterSpec> Path { get; }

    /// <summary>What may stand in the query in place of a part of the path.</summary>
    IReadOnlyList<ParameterSpec> Query { get; }

    /// <summary>The values of <see cref="Path"/>, in its order, as far as they can be told.</summary>
    string[] Read(HttpCall call);

    /// <summary>Notes what is wrong with them.</summary>
    void Check(HttpCall call);
}
