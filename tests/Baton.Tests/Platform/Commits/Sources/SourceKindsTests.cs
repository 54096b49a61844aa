using Baton.Server;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Resources;
using Baton.Tests.Harness;

namespace Baton.Tests.Platform.Commits.Sources;

/// <summary>What something can be made of: things of the types that say how they are sources, if they are there.</summary>
public sealed class SourceKindsTests : IDisposable
{
    /// <summary>A stash that nobody sees who writes.</summary>
    static readonly AccessRule s_rule = new() { MaySee = (_, action, thing) => !(action == "stash.put" && thing is "hidden") };

    readonly MemoryLane _lane = new(
        new BatonOptions(),
        new ResourceTypes([.. BatonFeatures.Types.All.Select(type => type.Name == "stash" ? type with { Access = s_rule } : type)]));

    public SourceKindsTests()
    {
        foreach (var name in (string[])["open", "hidden"]) Put(name);
        Assert.Null(_lane.Decide(_lane.Make(new { op = "store.set", @namespace = "n", key = "k", value = 1 }))[0].Outcome.Failure);
    }

    [Theory]
    [InlineData("stash:open", null)]
    [InlineData("stash:open@1", null)]
    [InlineData("store:n/k", null)]
    [InlineData("stash:open@2", "stash:open@2 does not exist.")]
    [InlineData("stash:absent", "stash:absent does not exist.")]
    [InlineData("stash:hidden", "stash:hidden does not exist.")]
    [InlineData("state:n/k", "state:n/k does not exist.")]
    [InlineData("stream:open", "stream:open does not exist.")]
    [InlineData("memory:open", "memory:open does not exist.")]
    public void Source_OfAWrite_MustBeThereForItsWriter(string source, string? problem)
    {
        var failure = Put("made", source);
        Assert.Equal(problem is null ? null : "lineage.unknown_source", failure?.Code.Code);
        Assert.Equal(problem, failure?.Detail);
    }

    public void Dispose() => _lane.Dispose();

    Failure? Put(string name, params string[] sources) =>
        _lane.Decide(_lane.Make(new { op = "stash.put", name, content = "x", sources }))[0].Outcome.Failure;
}
