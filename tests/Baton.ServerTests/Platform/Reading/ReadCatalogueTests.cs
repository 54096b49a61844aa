using Baton.Contracts.Requests;
using Baton.Server.Platform.Http.OpenApi;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Reading;

/// <summary>The catalogue has every read, and each route of one is made of it.</summary>
public sealed class ReadCatalogueTests
{
    /// <summary>They take no key, and so have no caller: they are of HTTP alone.</summary>
    static readonly string[] s_open = ["server.alive", "server.info", "server.openapi", "server.ready"];

    [Fact]
    public async Task Route_ThatReads_IsOfTheCatalogue()
    {
        await using var server = await TestServer.StartAsync();
        var catalogue = server.Parts.Registrations.Reads;
        var routed = server.Routes.Where(route => !route.Spec.IsWrite).Select(route => route.Spec.Action);
        Assert.Equal(
            catalogue.All.Select(read => read.Name).Concat(s_open).Order(StringComparer.Ordinal),
            routed.Order(StringComparer.Ordinal));
        Assert.True(catalogue.All.Count > 25, $"Only {catalogue.All.Count} reads are in the catalogue.");
    }

    [Fact]
    public async Task Route_OfGet_IsNoWrite()
    {
        await using var server = await TestServer.StartAsync();
        Assert.DoesNotContain(server.Routes, route => route.Method == "GET" && route.Spec.IsWrite);
    }

    [Fact]
    public async Task Route_ThatIsOpen_IsOneOfThoseThatMay()
    {
        await using var server = await TestServer.StartAsync();
        var open = server.Routes.Where(route => route.Spec.Role is null).Select(route => route.Spec.Action);
        Assert.Equal(s_open, open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Name_OfARead_IsThatOfNoOperation()
    {
        await using var server = await TestServer.StartAsync();
        var parts = server.Parts.Registrations;
        Assert.Empty(parts.Reads.All.Select(read => read.Name).Intersect(parts.Operations.All.Select(operation => operation.Name)));
        Assert.Throws<ArgumentException>(() => parts.Reads.Add(parts.Reads.All.First()));
    }

    [Fact]
    public async Task Read_OfTheCatalogue_TellsWhatItsRouteTells()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var read in server.Parts.Registrations.Reads.All)
        {
            var spec = Assert.Single(server.Routes, route => route.Spec.Action == read.Name).Spec;
            Assert.Equal((read.Summary, read.Description, read.Role), (spec.Summary, spec.Description, spec.Role));
            Assert.Empty(read.Errors.Except(spec.Errors));
            Assert.Contains(spec.Answers, answer => answer.Status == 200 && answer.Type == read.AnswerType && answer.EventType is null);
            Assert.Equal(read.EventType is not null, spec.Answers.Any(answer => answer.EventType == read.EventType && answer.EventType is not null));
            Assert.Equal(read.Nothing is not null, spec.Answers.Any(answer => answer.Status == 204));
            Assert.Equal(read.Known is not null, spec.Answers.Any(answer => answer.Status == 304));
            Assert.Equal(read.HasVersion, spec.Answers.Any(answer => answer.Headers.Contains("ETag")));
        }
    }

    [Fact]
    public async Task Member_OfARequest_HasADocstring()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var read in server.Parts.Registrations.Reads.All)
        {
            Assert.True(read.Request.Type.IsAssignableTo(typeof(IReadRequest)), read.Name);
            Assert.NotNull(WireDocstrings.Shared.SummaryOf(read.Request.Type));
            foreach (var member in read.Request.Members)
            {
                // What features declare they say themselves; the record says what such members have in common.
                Assert.NotEqual("", member.Sentence);
                Assert.False(
                    string.IsNullOrEmpty(WireDocstrings.Shared.SummaryOf(member.Declared)),
                    $"{read.Name}: {member.Declared.DeclaringType!.Name}.{member.Declared.Name} has no docstring.");
            }
        }
    }
}
