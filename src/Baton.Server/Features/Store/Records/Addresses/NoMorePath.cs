using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Features.Store.Records.Addresses;

/// <summary>
/// Sees to it that a path ends where it seems to. The web server has removed `.` and `..` from it: a request for
/// `/store/a/..` must not be taken for one for all namespaces.
/// </summary>
internal sealed class NoMorePath : IPathReader
{
    public static readonly NoMorePath Reader = new();

    public IReadOnlyList<ParameterSpec> Path => [];

    public IReadOnlyList<ParameterSpec> Query => [];

    public string[] Read(HttpCall call) => [];

    public void Check(HttpCall call)
    {
        if (RawTarget.PathOf(call.Http.Request).Trim('/').Contains('/', StringComparison.Ordinal))
            call.Errors.Add("path", "The path has a part `.` or `..`.");
    }
}
