using System.Text.Json;

namespace Baton.Server.Features.Store.Claims.Indexes;

/// <summary>The shapes of a namespace. Immutable.</summary>
internal sealed class ClaimShapes
{
    /// <summary>The most shapes of a namespace. More of them would make every write of a record slower.</summary>
    public const int MaxCount = 8;

    public static readonly ClaimShapes None = new([]);

    ClaimShapes(IReadOnlyList<ClaimShape> all) => All = all;

    public IReadOnlyList<ClaimShape> All { get; }

    public ClaimShape? Find(ClaimMatch match) => All.FirstOrDefault(shape => shape.Is(match));

    public ClaimShape? Find(long number) => All.FirstOrDefault(shape => shape.Number == number);

    public ClaimShapes With(ClaimShape shape) =>
        new([.. All.Where(other => other.Number != shape.Number), shape]);

    public ClaimShapes Without(Func<ClaimShape, bool> isGone) => new([.. All.Where(shape => !isGone(shape))]);

    /// <summary>A number that no shape had before. The numbers follow the lane's time, which never goes back.</summary>
    public long NextNumber(long now) => All.Select(shape => shape.Number + 1).Append(now).Max();

    /// <summary>
    /// The same shapes for a namespace that is empty from now on. They have new numbers, and nothing to build.
    /// </summary>
    public ClaimShapes OfEmptied(long now)
    {
        var first = NextNumber(now);
        return new([.. All.Select((shape, index) => shape with { Number = first + index, BuiltTo = null })]);
    }

    public byte[]? ToBytes()
    {
        if (All.Count == 0) return null;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var shape in All)
            {
                json.WriteStartArray();
                json.WriteNumberValue(shape.Number);
                json.WriteNumberValue(shape.UsedAt);
                json.WriteStringValue(shape.BuiltTo);
                json.WriteStringValue(shape.Prefix);
                foreach (var pointer in shape.Pointers) json.WriteStringValue(pointer);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return stream.ToArray();
    }

    public static ClaimShapes FromBytes(byte[]? bytes) => bytes is null
        ? None
        : new([.. JsonElement.Parse(bytes).EnumerateArray().Select(shape => new ClaimShape(
            shape[0].GetInt64(), shape[3].GetString()!, [.. shape.EnumerateArray().Skip(4).Select(p => p.GetString()!)],
            shape[2].GetString(), shape[1].GetInt64()))]);
}
