namespace Baton.Server.Platform.Schemas;

/// <summary>What a schema can be for, as `target_type` says it.</summary>
internal static class SchemaTargets
{
    public const string Stash = "stash";
    public const string Stream = "stream";
    public const string Both = "both";

    public static bool Fits(string targetType, string target) => targetType == Both || targetType == target;
}
