using Baton.Contracts.Errors;
using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>
/// Makes the workspace `default` and the first server key at the first start, and takes over a changed admin key at
/// later ones.
/// </summary>
internal sealed partial class Bootstrap(
    BatonOptions options, IdSource ids, Workspaces workspaces, Authenticator keys, OperationRunner runner,
    ILogger<Bootstrap> log)
{
    readonly ILogger _log = log;

    /// <summary>The id is fixed, so that a changed BATON_ADMIN_KEY finds the key that it replaces.</summary>
    const string KeyId = "key_admin";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var workspaceId = await workspaces.FindAsync(Workspaces.DefaultName, cancellation);
        if (workspaceId is null)
        {
            if (await TryFirstStartAsync(cancellation)) return;
            // Another server on the same database was faster.
            workspaceId = await workspaces.FindAsync(Workspaces.DefaultName, cancellation);
        }

        if (options.AdminKey is { } wanted) await UseAdminKeyAsync(workspaceId!, wanted, cancellation);
    }

    async Task<bool> TryFirstStartAsync(CancellationToken cancellation)
    {
        // The secret is on disk before the key exists: a crash in between leaves no key that nobody knows.
        var secret = options.AdminKey ?? ReadOrMakeSecretFile();
        var actor = Actor.System(ids.Next("ws_"));
        var create = new CreateWorkspace(Workspaces.DefaultName, KeyId, secret, Role.Server) { Actor = actor };
        var outcome = await runner.RunAsync(create, traceId: null, idempotencyKey: null, cancellation);
        if (outcome.Failure?.Code == ErrorCodes.WorkspaceNameTaken)
        {
            // The secret in the file opens nothing, because another server has made the key.
            if (options.AdminKey is null) File.Delete(SecretFile);
            return false;
        }

        Require(outcome);
        if (options.AdminKey is null) LogFirstKey(secret, SecretFile);
        return true;
    }

    async Task UseAdminKeyAsync(string workspaceId, string wanted, CancellationToken cancellation)
    {
        var actor = Actor.System(workspaceId);
        var key = await keys.FindAsync(workspaceId, KeyId, cancellation);
        // A secret that is only valid for its grace is no longer the key's own: the key is rotated to it again.
        var isCurrent = key is not null && SecretHash.FromBytes(key.SecretHash) == SecretHash.Of(wanted);
        if (isCurrent && await keys.FindAsync(SecretHash.Of(wanted), cancellation) is not null) return;
        Operation operation = key is null
            ? new CreateKey(new CreateKeyRequest { Name = "first server", Role = "server" }, KeyId, wanted)
            {
                Actor = actor,
            }
            : new RotateKey(new RotateKeyRequest { KeyId = KeyId }, wanted) { Actor = actor };
        var outcome = await runner.RunAsync(operation, traceId: null, idempotencyKey: null, cancellation);
        // The former key may have been changed because others know it, so it must not stay valid unnoticed.
        if (outcome.Failure is { } failure && failure.Code == ErrorCodes.WorkspaceDamaged)
            throw new StartFailedException(
                failure.Code,
                $"BATON_ADMIN_KEY cannot be changed: workspace {Workspaces.DefaultName}, which has it, is damaged. "
                + "Restore a backup, or start with the former BATON_ADMIN_KEY, which serves the other workspaces.");
        Require(outcome);
        LogAdminKeyChanged();
    }

    static void Require(Outcome<Effect> outcome)
    {
        if (outcome.Failure is { } failure)
            throw new StartFailedException(
                failure.Code, $"The first key could not be made: {failure.Code.Title}. {failure.Detail}");
    }

    string SecretFile => Path.Combine(options.DataDirectory, "admin-key");

    string ReadOrMakeSecretFile()
    {
        if (File.Exists(SecretFile)
            && File.ReadAllText(SecretFile).Trim() is { Length: >= BatonOptions.MinAdminKeyLength } known)
            return known;
        var secret = IdSource.NextSecret("btn_");
        var mode = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(options.DataDirectory);
        using var file = new FileStream(SecretFile, mode);
        file.Write(System.Text.Encoding.ASCII.GetBytes(secret + "\n"));
        file.Flush(flushToDisk: true);
        return secret;
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "First start. The server key, shown this once: {Secret} (also in {File})")]
    partial void LogFirstKey(string secret, string file);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "BATON_ADMIN_KEY has changed: the admin key now is the new one")]
    partial void LogAdminKeyChanged();
}
