using System.Runtime.CompilerServices;

namespace Baton.ServerTests.Soak;

/// <summary>A server-sent event; without data it only moves the cursor.</summary>
internal readonly record struct SseEvent(string? Id, string Type, string? Data);

/// <summary>Reads server-sent events as the standard says (WHATWG HTML, section 9.2.6): half an event is none.</summary>
internal static class SseConnection
{
    public static async IAsyncEnumerable<SseEvent> ReadAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        string? id = null;
        string? data = null;
        var type = "message";
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0)
            {
                if (data is not null || id is not null) yield return new SseEvent(id, type, data);
                (id, data, type) = (null, null, "message");
                continue;
            }

            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon <= 0) continue;
            var value = line[(colon + 2)..];
            switch (line[..colon])
            {
                case "id": id = value; break;
                case "data": data = data is null ? value : data + "\n" + value; break;
                case "event": type = value; break;
            }
        }
    }
}
