using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Streams;

/// <summary>What the routes of single streams have in common.</summary>
internal static class StreamRoutes
{
    const string IdRule = "its id, `str_…`, or its name";
    public const string LabelRule = "1 to 128 characters without controls";

    public static readonly ParameterSpec Id = new("id", "string", $"The stream: {IdRule}.")
    {
        Pattern = StreamFormAttribute.StreamPattern,
    };

    public static readonly ParameterSpec Label = new("label", "string", "Only entries with this label.")
    {
        MinLength = 1,
        MaxLength = AppendToStreamRequest.MaxLabelLength,
    };

    public static readonly ParameterSpec Full = new(
        "full", "boolean", "With the `salt` of each append, on the first of its entries, to check the ledger.");

    public static string ResourceOf(HttpCall call) => Stream.ResourceOf(call.Route("id"));

    public static string ReadId(HttpCall call)
    {
        var id = call.Route("id");
        CheckId(id, "path:id", call.Errors);
        return id;
    }

    /// <summary>
    /// Checks an id or name. Any text that could be an id may be asked for; only a text that can be neither is a
    /// mistake.
    /// </summary>
    public static void CheckId(string id, string pointer, InputErrors errors)
    {
        if (!StreamFormAttribute.IsStream(id)) Names.Check(id, pointer, errors);
    }

    public static string? ReadLabel(HttpCall call)
    {
        var label = call.Query.Text("label");
        if (label is not null && !IsLabel(label))
            call.Errors.Add("query:label", $"`label` has {label.Length} characters, but must have {LabelRule}.");
        return label;
    }

    public static bool IsLabel(string text) =>
        text.Length is > 0 and <= AppendToStreamRequest.MaxLabelLength && !text.Any(char.IsControl);
}
