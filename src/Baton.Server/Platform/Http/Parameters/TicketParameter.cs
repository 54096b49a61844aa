using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Http.Parameters;

/// <summary>The parameter `ticket` of the query, which stands for a key.</summary>
internal static class TicketParameter
{
    public const string Name = "ticket";

    /// <summary>All tickets in the query, as <see cref="QueryReader"/> would read them; mostly there is none.</summary>
    public static IReadOnlyList<string> In(HttpRequest request)
    {
        var query = request.QueryString.Value;
        // The letters of the name may be percent-encoded.
        if (string.IsNullOrEmpty(query) || (!query.Contains(Name, StringComparison.Ordinal)
            && !query.Contains('%', StringComparison.Ordinal)))
            return [];
        return [.. query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2))
            .Where(pair => InputText.Decode(pair[0]) == Name)
            .Select(pair => pair.Length > 1 ? InputText.Decode(pair[1]) ?? "" : "")];
    }
}
