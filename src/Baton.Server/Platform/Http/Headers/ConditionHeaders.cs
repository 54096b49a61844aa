using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http.Headers;

/// <summary>The headers by which a write asks for the version of its thing (RFC 9110, section 13).</summary>
internal static class ConditionHeaders
{
    public static readonly ParameterSpec IfMatch = new(
        "If-Match", "string", "Only if it has this version: `\"3\"`; `*`: only if it is there.")
    {
        Pattern = Precondition.IfMatchPattern,
    };

    public static readonly ParameterSpec IfNoneMatch = new("If-None-Match", "string", "`*`: only if it is absent.")
    {
        Pattern = @"^\*$",
    };
}
