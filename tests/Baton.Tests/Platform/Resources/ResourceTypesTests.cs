using Baton.Server;
using Baton.Server.Features.Discovery;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading.Discovery;
using Baton.Server.Platform.Resources;
using Baton.Server.Platform.Schemas;

namespace Baton.Tests.Platform.Resources;

/// <summary>The types of things, and what each floor is given of them.</summary>
public sealed class ResourceTypesTests
{
    static readonly ResourceType s_note = new("note", AccessRule.Shared);

    [Fact]
    public void Type_DeclaredTwice_IsRefused()
    {
        var twice = Assert.Throws<InvalidOperationException>(
            () => new ResourceTypes(s_note, new ResourceType("other", AccessRule.Shared), s_note with { Check = null }));
        Assert.Equal("The type \"note\" is declared twice.", twice.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("note:")]
    [InlineData("Note")]
    [InlineData("a note")]
    [InlineData("n*")]
    public void Type_WhoseNameIsNoWord_IsRefused(string name) =>
        Assert.Throws<InvalidOperationException>(() => new ResourceTypes(s_note with { Name = name }));

    [Fact]
    public void Type_ThatIsDeclared_IsSeenByItsRule()
    {
        var types = new ResourceTypes(
            s_note, new ResourceType("secret", new AccessRule { MaySee = (_, _, thing) => thing is "open" }));
        var actor = new Actor("w", "planner", "key_1", Role.Agent, "w");
        Assert.True(types.Permissions.Filter(actor, "w", "note.read", "note:a"));
        Assert.False(types.Permissions.Filter(actor, "w", "secret.read", "secret:a"));
        Assert.True(types.Permissions.Filter(actor, "w", "secret.read", "secret:open"));
        Assert.False(types.Permissions.Filter(actor, "w", "memory.read", "memory:a"));
    }

    [Fact]
    public void SchemaTargets_OfAllTypes_AreThoseThatAreBoundToSchemas()
    {
        Assert.Equal(["both"], new ResourceTypes(s_note).SchemaTargets.Values);
        Assert.Equal(
            ["table", "note", "both"],
            new ResourceTypes(
                new ResourceType("table", AccessRule.Shared) { IsBoundToSchemas = true },
                new ResourceType("other", AccessRule.Shared),
                s_note with { IsBoundToSchemas = true }).SchemaTargets.Values);
        Assert.Equal(["stash", "stream", "both"], BatonFeatures.Types.SchemaTargets.Values);
    }

    [Theory]
    [InlineData("both", "stash", true)]
    [InlineData("both", "memory", true)]
    [InlineData("stash", "stash", true)]
    [InlineData("stash", "stream", false)]
    public void Schema_OfATarget_FitsThingsOfThatType(string target, string type, bool fits) =>
        Assert.Equal(fits, SchemaTargets.Fits(target, type));

    [Fact]
    public void Discovery_OfAllTypes_IsOfThoseThatDeclareIt()
    {
        var discovery = new ResourceTypes(
            s_note with { Discovery = new DiscoveryKind("notes", NothingAsync) },
            new ResourceType("other", AccessRule.Shared),
            new ResourceType("memo", AccessRule.Shared)
            {
                Discovery = new DiscoveryKind("memos", NothingAsync) { Filters = [new("topic", "Only of this topic.")] },
            }).Discovery;
        Assert.Equal(["memo", "note"], discovery.Types);
        Assert.Equal(["note", "memo"], discovery.Declared.Select(kind => kind.Key));
        Assert.Equal("Finds what is discoverable: notes and memos, by type, then by name.", DiscoverySentences.Summary(discovery));
    }

    [Fact]
    public void Sentences_OfDiscovery_NameWhatIsDeclared()
    {
        Assert.Equal(
            "Finds what is discoverable: stashes, streams and schemas, by type, then by name.",
            DiscoverySentences.Summary(BatonFeatures.Types.Discovery));
        Assert.StartsWith(
            "Stashes and streams that their writers made discoverable, and the newest version of every schema that the "
            + "caller can see. A page can be empty",
            DiscoverySentences.Description(BatonFeatures.Types.Discovery), StringComparison.Ordinal);
        var one = new ResourceTypes(s_note with { Discovery = new DiscoveryKind("notes", NothingAsync) }).Discovery;
        Assert.StartsWith(
            "Notes that their writers made discoverable. A page", DiscoverySentences.Description(one),
            StringComparison.Ordinal);
    }

    static ValueTask<Baton.Contracts.Page<Baton.Contracts.Discovery.DiscoveryItem>> NothingAsync(
        DiscoveryQuery query, string after, int limit) =>
        throw new InvalidOperationException("Nobody reads.");
}
