using System.Globalization;
using System.Text;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store.Claims;

/// <summary>A claim that ends without its work done leaves no trace in the value: every byte is as it was.</summary>
public sealed class ClaimUndoTests : IAsyncLifetime
{
    /// <summary>As deep as JSON may be.</summary>
    const int MaxDepth = 64;

    readonly TestTime _time = new();
    TestServer _server = null!;
    World _world = null!;

    HttpClient Agent => _world.Agent;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(time: _time);
        _world = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Release_AfterAnySet_GivesEveryByteBack()
    {
        var random = new Random(20260413);
        for (var number = 0; number < 150; number++)
        {
            var document = new Sample(random);
            var claim = await ClaimAsync("a", document);
            await AskAsync($"POST /claim/{claim}/release");
            Assert.Equal(document.Text, await ReadAsync("a"));
        }
    }

    [Fact]
    public async Task Lease_OverAfterAnySet_GivesEveryByteBack()
    {
        var random = new Random(20260414);
        var documents = new List<Sample>();
        for (var number = 0; number < 150; number++)
        {
            documents.Add(new Sample(random));
            await ClaimAsync($"e{number}", documents[^1]);
        }

        var before = _world.Head;
        _time.Pass(TimeSpan.FromSeconds(61));
        for (var step = 0; _world.Head < before + documents.Count; step++)
        {
            Assert.True(step < 60, $"Only {_world.Head - before} leases ended.");
            await _server.AdvanceAsync(TimeSpan.FromSeconds(30));
        }

        for (var number = 0; number < documents.Count; number++)
            Assert.Equal(documents[number].Text, await ReadAsync($"e{number}"));
    }

    [Fact]
    public async Task Release_OfAValueAsDeepAsItMayBe_GivesItBack()
    {
        var value = $"{{\"a\":{new string('[', MaxDepth - 1)}{new string(']', MaxDepth - 1)}}}";
        await PutAsync("a", value);
        var claimed = await AskAsync("POST /store/jobs/claim\n\n" + """{"set":{"/a":0},"lease_seconds":60}""");
        await AskAsync($"POST /claim/{claimed.GetProperty("items")[0].GetProperty("claim_id").GetString()}/release");
        Assert.Equal(value, await ReadAsync("a"));
    }

    [Theory]
    [InlineData("{\"log\":[1,2]}", "{\"/log/-\":3}", "{\"log\":[1,2,3]}", "{\"/other\":1}", "{\"log\":[1,2],\"other\":1}")]
    [InlineData("{\"log\":[1]}", "{\"/log/-\":3}", "{\"log\":[1,3]}", "{\"/log/-\":4}", "{\"log\":[1,4]}")]
    [InlineData("{\"log\":[1]}", "{\"/log/-\":3}", "{\"log\":[1,3]}", "{\"/log\":[3]}", "{\"log\":[3]}")]
    [InlineData("{\"o\":{}}", "{\"/o/0\":1}", "{\"o\":{\"0\":1}}", "{\"/o\":[1]}", "{\"o\":[1]}")]
    [InlineData("{\"o\":{}}", "{\"/o/-\":1}", "{\"o\":{\"-\":1}}", "{\"/p\":1}", "{\"o\":{},\"p\":1}")]
    [InlineData("{ \"a\" : 1 }", "{\"/a\":2}", "{\"a\":2}", "{\"/b\":1}", "{\"a\":1,\"b\":1}")]
    public async Task Release_OfWhatOthersTouched_LeavesTheirsAlone(string value, string set, string claimed, string others, string back)
    {
        await PutAsync("a", value);
        var answer = await Agent.AskAsync($"POST /store/jobs/claim\n\n{{\"set\":{set},\"lease_seconds\":60}}");
        var item = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(claimed, item.GetProperty("value").GetRawText());
        await Agent.AskAsync($"PATCH /store/jobs/a\n\n{{\"set\":{others}}}");
        await Agent.AskAsync($"POST /claim/{item.GetProperty("claim_id").GetString()}/release");
        Assert.Equal(back, await ReadAsync("a"));
    }

    [Fact]
    public async Task Release_WhereWhatWasSetIsLong_PutsBackWhatNobodyTouched()
    {
        await PutAsync("a", """{"a":1,"b":2}""");
        var text = new string('x', 1000);
        var answer = await Agent.AskAsync($"POST /store/jobs/claim\n\n{{\"set\":{{\"/a\":\"{text}\",\"/b\":\"{text}\"}},\"lease_seconds\":60}}");
        await Agent.AskAsync("PATCH /store/jobs/a\n\n" + $"{{\"set\":{{\"/b\":\"{text}y\"}}}}");
        await Agent.AskAsync($"POST /claim/{answer.GetProperty("items")[0].GetProperty("claim_id").GetString()}/release");
        Assert.Equal($"{{\"a\":1,\"b\":\"{text}y\"}}", await ReadAsync("a"));
    }

    async Task<string> ClaimAsync(string key, Sample document)
    {
        await PutAsync(key, document.Text);
        var answer = await AskAsync($"POST /store/jobs/claim\n\n{{\"set\":{document.Set},\"lease_seconds\":60}}");
        var item = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(key, item.GetProperty("key").GetString());
        return item.GetProperty("claim_id").GetString()!;
    }

    /// <summary>In an answer a value stands deeper than on its own.</summary>
    async Task<JsonElement> AskAsync(string text)
    {
        using var answer = await Agent.SendAsync(text);
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(body));
        return JsonElement.Parse(body, new JsonDocumentOptions { MaxDepth = 2 * MaxDepth });
    }

    async Task PutAsync(string key, string json) =>
        await Agent.AskAsync($"PUT /store/jobs/{key}\nContent-Type: application/json\n\n{json}");

    Task<string> ReadAsync(string key) => Agent.GetStringAsync($"/store/jobs/{key}", TestContext.Current.CancellationToken);

    /// <summary>A random document, with white space where JSON allows it, and a `set` that it takes.</summary>
    sealed class Sample
    {
        readonly Random _random;
        readonly List<string> _places = [];

        public Sample(Random random)
        {
            _random = random;
            // Every third goes as deep as it may.
            var text = new StringBuilder();
            Write(text, "", depth: 1, spine: random.Next(3) == 0 ? MaxDepth : random.Next(1, 6), isContainer: true);
            Text = text.ToString();
            Set = SetOf();
        }

        public string Text { get; }

        public string Set { get; }

        string SetOf()
        {
            var chosen = new List<string>();
            foreach (var place in _places.OrderBy(_ => _random.Next()).Take(_random.Next(1, 5)))
            {
                if (!chosen.Exists(other => Contains(other, place) || Contains(place, other))) chosen.Add(place);
            }

            return "{" + string.Join(',', chosen.Select(place => $"{JsonSerializer.Serialize(place)}:{Scalar()}")) + "}";
        }

        static bool Contains(string outer, string inner) => (inner + "/").StartsWith(outer + "/", StringComparison.Ordinal);

        void Write(StringBuilder text, string place, int depth, int spine, bool isContainer)
        {
            if (!isContainer || depth > MaxDepth)
            {
                text.Append(Scalar());
                return;
            }

            var isObject = _random.Next(2) == 0;
            var count = _random.Next(0, 4) + (depth < spine ? 1 : 0);
            var deep = depth < spine ? _random.Next(count) : -1;
            text.Append(isObject ? '{' : '[').Append(Space());
            for (var at = 0; at < count; at++)
            {
                if (at > 0) text.Append(Space()).Append(',').Append(Space());
                var name = isObject ? Name(at) : at.ToString(CultureInfo.InvariantCulture);
                if (isObject) text.Append(JsonSerializer.Serialize(name)).Append(Space()).Append(':').Append(Space());
                var inner = $"{place}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
                _places.Add(inner);
                Write(text, inner, depth + 1, spine, isContainer: at == deep || (depth < spine && depth < 5 && _random.Next(3) == 0));
            }

            _places.Add(isObject ? place + "/new" : place + "/-");
            text.Append(Space()).Append(isObject ? '}' : ']');
        }

        string Name(int at) => _random.Next(4) switch
        {
            0 => $"a/{at}",
            1 => $"~{at}",
            2 => $"é{at}-\"",
            _ => $"{at}",
        };

        string Scalar() => _random.Next(6) switch
        {
            0 => "null",
            1 => "1.50",
            2 => "-12345678901234567890e-3",
            3 => "\"\\u0041\\/ \\n\"",
            4 => $"\"{new string('x', _random.Next(200))}\"",
            _ => "true",
        };

        string Space() => _random.Next(4) switch
        {
            0 => " ",
            1 => "\t",
            _ => "",
        };
    }
}
