using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Tests.Features.Store.Records.Addresses;

public sealed class RecordNamesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("\u007f")]
    [InlineData("\u0085")]
    public void Key_OfControlsOrNothing_IsRefused(string key)
    {
        var errors = new InputErrors();
        RecordNames.CheckKey(key, "", errors);
        Assert.True(errors.Any);
    }

    [Theory]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("...", true)]
    [InlineData("a/../b", true)]
    [InlineData("pipeline:job-123", true)]
    public void Namespace_OfDots_IsRefused(string name, bool isTaken)
    {
        var errors = new InputErrors();
        RecordNames.CheckNamespace(name, "", errors);
        Assert.Equal(isTaken, !errors.Any);
    }
}
