using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Store.Records.Patches;

/// <summary>A merge patch (RFC 7396).</summary>
internal sealed class MergeEdit(byte[] patch) : RecordEdit
{
    protected override byte[]? Initial => null;

    protected override Failure? Change(ref EditableJson root)
    {
        root = MergePatch.Apply(root, EditableJson.Of(patch));
        return null;
    }
}
