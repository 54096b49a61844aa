namespace Baton.ServerTests.Soak;

/// <summary>How much a soak test does: a little in every run of the tests, all of it with BATON_SOAK=full.</summary>
internal static class SoakSize
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("BATON_SOAK") == "full";

    public static int Of(int small, int full) => IsFull ? full : small;
}

/// <summary>Soak tests load the machine and look at memory and time: they run alone, one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SoakCollection
{
    public const string Name = "soak";
}
