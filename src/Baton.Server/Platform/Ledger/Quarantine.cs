using Baton.Contracts.Errors;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Lane;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Ledger;

/// <summary>
/// The workspaces whose ledger did not verify when the server started: nobody reads or changes them until they are
/// mended and the server starts again; the others are served as ever. Written before the first request and the first
/// batch, and then only read.
/// </summary>
internal sealed partial class Quarantine(ILogger<Quarantine> log)
{
    /// <summary>It takes an operator, and a start of the server.</summary>
    const int RetryAfterSeconds = 300;

    readonly Dictionary<string, string> _reasons = [];

    public int Count => _reasons.Count;

    /// <summary>Examines the newest entries of a workspace; false: it is damaged, and kept apart from now on.</summary>
    public async ValueTask<bool> AdmitAsync(IReads database, WorkspaceRow workspace, CancellationToken cancellation)
    {
        if (await LedgerCheck.FindTailDamageAsync(database, workspace, cancellation) is not { } found) return true;
        var reason = $"at seq {found.Seq} ({found.Reason})";
        _reasons.Add(workspace.WorkspaceId, reason);
        LogDamaged(workspace.Name, workspace.WorkspaceId, reason);
        return false;
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
