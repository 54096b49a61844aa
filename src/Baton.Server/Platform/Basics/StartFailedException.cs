using Baton.Contracts.Errors;

namespace Baton.Server.Platform.Basics;

/// <summary>The server could not start.</summary>
internal sealed class StartFailedException(ErrorCode code, string message) : Exception(message)
{
    public ErrorCode Code => code;
}
