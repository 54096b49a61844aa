using System.Text;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Feed;

namespace Baton.ServerTests.Harness;

/// <summary>
/// One row of a scenario table: in a fresh workspace, what was done before, one request, and all that its answer must
/// and must not be. A request is text: its line, its headers, an empty line, its body.
/// </summary>
/// <param name="Name">`Subject_Condition_Outcome`.</param>
/// <param name="Send">The request, such as `PUT /stash/a`.</param>
/// <param name="Status">The answer's status.</param>
internal sealed record Scenario(string Name, string Send, int Status)
{
    /// <summary>Who sends it: `server`, `admin`, `agent`, `reader`, `planner` (bound to that agent) or `nobody`.</summary>
    public string As { get; init; } = "agent";

    /// <summary>Requests before, by the same sender unless they begin with another: `admin> POST /keys`.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>What the answer (status, headers, body) must contain.</summary>
    public IReadOnlyList<string> Has { get; init; } = [];

    /// <summary>What it must not contain.</summary>
    public IReadOnlyList<string> HasNot { get; init; } = [];

    /// <summary>The code of the problem; null: the answer is none.</summary>
    public string? Code { get; init; }

    /// <summary>The ledger's entries of this request, as <see cref="World.EntriesAsync"/> writes them; `*` is a wildcard.</summary>
    public IReadOnlyList<string> Ledger { get; init; } = [];

    /// <summary>Sent in place of the text's body.</summary>
    public byte[]? Bytes { get; init; }

    public string Method => Send[..Send.IndexOf(' ', StringComparison.Ordinal)];

    /// <summary>The path, without query.</summary>
    public string Path => Send.Split('\n')[0].Split(' ')[1].Split('?')[0];

    /// <summary>Runs the row with this name.</summary>
    public static async Task RunAsync(TestServer server, IEnumerable<Scenario> all, string name)
    {
        var scenario = all.Single(scenario => scenario.Name == name);
        var world = await World.NewAsync(server);
        await scenario.RunAsync(world);
    }

    /// <summary>Runs it in a world of the caller's.</summary>
    public async Task RunAsync(World world)
    {
        foreach (var step in Given) await PrepareAsync(world, step);
        var before = world.Head;
        using var request = Requests.Parse(world.Fill(Send), Bytes);
        using var answer = await world[As].SendAsync(request, TestContext.Current.CancellationToken);
        var text = await RenderAsync(answer);
        Assert.True(Status == (int)answer.StatusCode, $"Expected {Status}, but got {text}");
        foreach (var part in Has) Assert.True(text.Contains(world.Fill(part), StringComparison.Ordinal), $"Expected {part} in {text}");
        foreach (var part in HasNot) Assert.False(text.Contains(world.Fill(part), StringComparison.Ordinal), $"Expected no {part} in {text}");
        CheckProblem(answer, text);
        var entries = await world.EntriesAsync(before);
        var isAsListed = entries.Count == Ledger.Count
            && Ledger.Zip(entries).All(pair => new Glob(world.Fill(pair.First)).Matches(pair.Second));
        Assert.True(isAsListed, $"Expected the entries [{string.Join("; ", Ledger)}], but got [{string.Join("; ", entries)}]");
    }

    async Task PrepareAsync(World world, string step)
    {
        var end = step.IndexOf("> ", StringComparison.Ordinal);
        var named = end > 0 && step[..end].All(char.IsAsciiLetterLower) ? step[..end] : null;
        var who = named ?? (As is "reader" or "nobody" ? "agent" : As);
        using var request = Requests.Parse(world.Fill(named is null ? step : step[(end + 2)..]));
        using var answer = await world[who].SendAsync(request, TestContext.Current.CancellationToken);
        var text = await RenderAsync(answer);
        Assert.True(answer.IsSuccessStatusCode, $"{step} was answered {text}");
        world.Note(text);
        if (step.Contains("POST /schema\n", StringComparison.Ordinal)) world.NoteSchema(await World.JsonOf(answer));
    }

    void CheckProblem(HttpResponseMessage answer, string text)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            Assert.Null(Code);
            return;
        }

        var body = text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        if (body.Length == 0) return;
        Problems.Check(JsonElement.Parse(body), Code);
    }

    static async Task<string> RenderAsync(HttpResponseMessage answer)
    {
        var text = new StringBuilder().Append((int)answer.StatusCode).Append('\n');
        foreach (var header in answer.Headers.Concat(answer.Content.Headers))
            text.Append(header.Key).Append(": ").AppendJoin(", ", header.Value).Append('\n');
        return text.Append('\n').Append(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ToString();
    }
}

/// <summary>Makes requests of text.</summary>
internal static class Requests
{
    public static HttpRequestMessage Parse(string text, byte[]? bytes = null)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = (end < 0 ? text : text[..end]).Split('\n');
        var line = lines[0].Split(' ', 2);
        var request = new HttpRequestMessage(new HttpMethod(line[0]), new Uri(line[1], UriKind.Relative));
        var body = bytes ?? (end < 0 ? null : BodyOf(text[(end + 2)..]));
        if (body is not null) request.Content = new ByteArrayContent(body);
        if (body is not null && !text.Contains("\nContent-Type:", StringComparison.Ordinal) && body is [(byte)'{' or (byte)'[', ..])
            request.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        foreach (var header in lines.Skip(1))
        {
            var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..]);
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>`{binary}` stands for bytes that are no text.</summary>
    static byte[] BodyOf(string text) => text == "{binary}" ? [0xFF, 0xFE, 0x00] : Encoding.UTF8.GetBytes(text);

    /// <summary>Sends a request of text.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this HttpClient client, string text)
    {
        using var request = Parse(text);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a request of text, which must succeed; its JSON answer.</summary>
    public static async Task<JsonElement> AskAsync(this HttpClient client, string text)
    {
        using var answer = await client.SendAsync(text);
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{text} was answered {(int)answer.StatusCode} {Encoding.UTF8.GetString(body)}");
        return body.Length == 0 ? default : JsonElement.Parse(body);
    }
}

/// <summary>What every problem document must be.</summary>
internal static class Problems
{
    public static readonly IReadOnlyDictionary<string, ErrorCode> Catalogue = typeof(ErrorCodes).GetFields()
        .Select(field => field.GetValue(obj: null)).OfType<ErrorCode>().ToDictionary(code => code.Code);

    public static void Check(JsonElement problem, string? expectedCode)
    {
        var code = problem.GetProperty("code").GetString()!;
        Assert.True(expectedCode == code, $"Expected {expectedCode ?? "no problem"}, but got {problem}");
        var row = Catalogue[code];
        Assert.Equal($"urn:baton:error:{code}", problem.GetProperty("type").GetString());
        Assert.Equal(row.Status, problem.GetProperty("status").GetInt32());
        Assert.Equal(row.Title, problem.GetProperty("title").GetString());
        Assert.Equal(row.Hint, problem.GetProperty("hint").GetString());
        Assert.Equal(row.Retryable, problem.GetProperty("retryable").GetBoolean());
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("trace_id").GetString());
    }

    public static async Task CheckAsync(HttpResponseMessage answer, string expectedCode)
    {
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(
            answer.Content.Headers.ContentType?.MediaType == "application/problem+json",
            $"Expected {expectedCode}, but got {(int)answer.StatusCode} {body}");
        Check(JsonElement.Parse(body), expectedCode);
        Assert.Equal(Catalogue[expectedCode].Status, (int)answer.StatusCode);
    }
}
