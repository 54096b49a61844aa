using System.Text.Json;

namespace Baton.JsonSchema.Compatibility.Refutation;

/// <summary>
/// Strings that stand in definitions: constants, names and examples often match the patterns beside them.
/// </summary>
internal static class ExampleTexts
{
    const int MaxCount = 100;
    const int MaxLength = 200;

    public static IReadOnlyList<string> Of(params ReadOnlySpan<JsonElement> definitions)
    {
        var texts = new HashSet<string>();
        var left = new Queue<JsonElement>();
        foreach (var definition in definitions) left.Enqueue(definition);
        while (texts.Count < MaxCount && left.TryDequeue(out var element))
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String:
                    Add(element.GetString()!);
                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray().Take(MaxCount)) left.Enqueue(item);
                    break;
                case JsonValueKind.Object:
                    foreach (var member in element.EnumerateObject().Take(MaxCount))
                    {
                        Add(member.Name);
                        left.Enqueue(member.Value);
                    }

                    break;
            }
        }

        // Texts that differ a little are added too: they often match as well, and are not listed.
        return [.. texts, .. texts.Select(text => text + "a"), .. texts.Select(text => "a" + text)];

        void Add(string text)
        {
            if (text.Length <= MaxLength) texts.Add(text);
        }
    }
}
