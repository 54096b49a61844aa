using Baton.Contracts.Errors;
using Baton.Contracts.Events;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>
/// The workspaces whose ledger did not verify when the server started: nobody reads or changes them until they are
/// mended and the server starts again. The others are served as ever. It is written before the first request and the
/// first batch, and after that only read.
/// </summary>
internal sealed partial class Quarantine(ILogger<Quarantine> log)
{
    /// <summary>It is long, because an operator has to mend the workspace and to start the server again.</summary>
    const int RetryAfterSeconds = 300;

    readonly Dictionary<string, string> _reasons = [];

    public int Count => _reasons.Count;

    /// <summary>Keeps a workspace apart from now on.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="found">What is broken in its ledger, and where.</param>
    public void Add(WorkspaceRow workspace, LedgerBreak found)
    {
        var reason = $"at seq {found.Seq} ({found.Reason})";
        _reasons.Add(workspace.WorkspaceId, reason);
        LogDamaged(workspace.Name, workspace.WorkspaceId, reason);
    }

    /// <summary>Why nothing can be done in a workspace; null: it is not damaged.</summary>
    public Failure? Check(string workspaceId) =>
        _reasons.Count > 0 && _reasons.TryGetValue(workspaceId, out var reason)
            ? new Failure(ErrorCodes.WorkspaceDamaged, $"The ledger of the workspace is damaged {reason}.")
            {
                RetryAfterSeconds = RetryAfterSeconds,
            }
            : null;

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The ledger of workspace {Name} ({WorkspaceId}) is damaged {Reason}: nothing of it is served, and "
            + "nothing that is due in it is done. Look with `Baton.Server check`, restore a backup, and start again")]
    partial void LogDamaged(string name, string workspaceId, string reason);
}
