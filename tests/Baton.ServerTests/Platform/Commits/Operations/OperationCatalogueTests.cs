using Baton.Contracts.Requests;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Commits.Operations;

/// <summary>The catalogue has every mutation, and each route of one is made of it.</summary>
public sealed class OperationCatalogueTests
{
    [Fact]
    public async Task Route_ThatChangesSomething_IsOfTheCatalogue()
    {
        await using var server = await TestServer.StartAsync();
        var catalogue = server.Parts.Registrations.Operations;
        var routed = server.Routes.Where(route => route.Spec.IsWrite).Select(route => route.Spec.Action);
        Assert.Equal(catalogue.All.Select(operation => operation.Name), routed.Order(StringComparer.Ordinal));
        Assert.True(catalogue.All.Count > 25, $"Only {catalogue.All.Count} operations are in the catalogue.");
    }

    [Fact]
    public async Task Operation_OfTheCatalogue_TellsWhatItsRouteTells()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var operation in server.Parts.Registrations.Operations.All)
        {
            var spec = Assert.Single(server.Routes, route => route.Spec.Action == operation.Name).Spec;
            Assert.Equal((operation.Summary, operation.Role), (spec.Summary, spec.Role));
            Assert.NotEmpty(spec.Answers);
            Assert.Empty(operation.Errors.Except(spec.Errors));
        }
    }

    [Fact]
    public async Task Member_OfARequest_HasASentence()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var operation in server.Parts.Registrations.Operations.All)
        {
            var spec = Assert.Single(server.Routes, route => route.Spec.Action == operation.Name).Spec;
            Assert.All(
                spec.Path.Concat(spec.Query).Concat(spec.Headers),
                parameter => Assert.True(parameter.Description.Length > 0, $"{operation.Name} {parameter.Name}"));
            Assert.True(operation.Request.Type.IsAssignableTo(typeof(IOperationRequest)));
        }
    }
}
