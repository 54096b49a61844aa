using Baton.Contracts.Requests;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http.Parameters;

/// <summary>The parameter `wait` of long-polls.</summary>
internal static class WaitParameter
{
    public static readonly ParameterSpec Spec = new(
        "wait", "integer", "Seconds to hold an answer that would be empty or absent.")
    {
        Minimum = 0,
        Maximum = RequestLimits.MaxWaitSeconds,
        Default = 0,
    };

    /// <summary>The time to wait; null if the request does not name one.</summary>
    public static TimeSpan? Read(HttpCall call) =>
        call.Query.Integer("wait", minimum: 0, RequestLimits.MaxWaitSeconds) is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
