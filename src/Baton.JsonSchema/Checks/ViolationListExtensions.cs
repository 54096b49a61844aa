using System.Runtime.CompilerServices;

namespace Baton.JsonSchema.Checks;

/// <summary>How a check says no: the message is put together only in the pass that collects.</summary>
internal static class ViolationListExtensions
{
    /// <returns>False, for checks to return.</returns>
    public static bool Refuse(
        this ViolationList? violations,
        int token,
        string keyword,
        [InterpolatedStringHandlerArgument(nameof(violations))] ref RefusalText text)
    {
        violations?.Add(token, keyword, text.ToString());
        return false;
    }
}
