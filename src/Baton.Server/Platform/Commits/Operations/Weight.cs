namespace Baton.Server.Platform.Commits.Operations;

/// <summary>What an operation costs the lane, roughly.</summary>
/// <param name="Bytes">Of payload, for the bounds of queues and batches.</param>
/// <param name="Rows">That it writes: a batch holds so many, and each workspace its part of them.</param>
internal readonly record struct Weight(int Bytes, int Rows)
{
    /// <summary>Of one that writes a row or two and brings nothing large.</summary>
    public static readonly Weight OneRow = new(Bytes: 0, Rows: 1);

    /// <summary>Of all together.</summary>
    public static Weight Of(IEnumerable<Weight> parts) => parts.Aggregate(default(Weight), (sum, part) => sum + part);

    public static Weight operator +(Weight one, Weight other) =>
        new(checked(one.Bytes + other.Bytes), checked(one.Rows + other.Rows));
}
