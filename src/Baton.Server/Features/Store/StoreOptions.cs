using Baton.Contracts.Store;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Store;

/// <summary>
/// The limits of records and of the state of agents: those that an operator sets (see
/// <see cref="BatonOptions"/> for default and range), and those that are fixed. docs/limits.md tells what
/// happens beyond each.
/// </summary>
/// <param name="MaxBytes">Bytes of the value of one record, however it is made.</param>
/// <param name="WorkspaceBytes">
/// Bytes of all that a workspace holds, not of records alone. Beyond it only a write that makes a record smaller is
/// taken.
/// </param>
internal sealed record StoreOptions(long MaxBytes, long WorkspaceBytes)
{
    /// <summary>Bytes of UTF-8 in a namespace or a key, from 1; of a prefix in a list or search, from 0.</summary>
    public const int MaxNameBytes = KeyFormAttribute.MaxBytes;

    /// <summary>Keys in one bulk write, those to set and those to delete together, and in one bulk read.</summary>
    public const int MaxKeys = 1000;

    /// <summary>Pointers in one PATCH, or in the `set` of a claim or of its end.</summary>
    public const int MaxChanges = 1000;

    /// <summary>Bytes of the metadata of one record as JSON, after what is new was merged into it.</summary>
    public const int MaxMetadataBytes = 4 * 1024;

    /// <summary>
    /// Bytes of a value and of the change to it together, to be changed in the lane, where nothing comes between. A
    /// larger one is changed beside the lane, so that others need not wait, and again when it was written meanwhile.
    /// </summary>
    public const int MaxLaneBytes = 64 * 1024;

    /// <summary>Bytes of all values that one `POST /store/{namespace}/get` answers.</summary>
    public const int MaxAnswerBytes = 32 * 1024 * 1024;
}
