namespace Baton.JsonSchema.References;

/// <summary>The drafts that Baton knows.</summary>
internal enum Draft
{
    Seven,
    Year2020Month12,
}
