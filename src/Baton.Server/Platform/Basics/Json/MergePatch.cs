namespace Baton.Server.Platform.Basics.Json;

/// <summary>
/// JSON merge patch (RFC 7396, section 2), on exact text: what the patch does not name keeps its bytes.
/// </summary>
internal static class MergePatch
{
    public static EditableJson Apply(EditableJson target, EditableJson patch)
    {
        if (!patch.IsObject) return patch;
        var result = target.IsObject ? target : EditableJson.EmptyObject();
        foreach (var (name, value) in patch.Members)
        {
            if (value.IsNull) result.Remove(name);
            else if (!value.IsObject) result.Set(name, value);
            // The patch is applied also if there is no such member yet: the nulls in the patch must not be stored.
            else result.Set(name, Apply(result.Find(name) ?? EditableJson.EmptyObject(), value));
        }

        return result;
    }
}
