using Baton.Server.Platform.Basics;

namespace Baton.Tests.Platform.Basics;

public sealed class BatonOptionsTests
{
    [Theory]
    [InlineData("BATON_STASH_BYTE", "1000", "did you mean BATON_STASH_BYTES?")]
    [InlineData("BATON_STASH_BYTES", "0", "a whole number from 1 to 1073741824")]
    [InlineData("BATON_STASH_BYTES", "-1", "a whole number")]
    [InlineData("BATON_STASH_VERSIONS", "101", "from 1 to 100")]
    [InlineData("BATON_URL", "https://localhost", "such as http://")]
    [InlineData("BATON_URL", "localhost", "such as http://")]
    [InlineData("BATON_LOG", "xml", "text or json")]
    [InlineData("BATON_ADMIN_KEY", "short-secret", "32 to 512")]
    public void FromEnvironment_OfWhatItCannotUse_IsRefusedWithTheReason(string name, string value, string reason)
    {
        var refusal = Assert.Throws<BadSettingException>(
            () => BatonOptions.FromEnvironment(new Dictionary<string, string> { [name] = value }));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        if (name == "BATON_ADMIN_KEY") Assert.DoesNotContain(value, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromEnvironment_OfGoodSettings_HoldsThem()
    {
        var options = BatonOptions.FromEnvironment(new Dictionary<string, string>
        {
            ["BATON_STASH_BYTES"] = "1000",
            ["BATON_CORS_ORIGINS"] = "https://a.example, https://b.example,",
            ["BATON_ADMIN_KEY"] = new string('k', 32),
            ["BATON_LOG"] = "json",
            ["PATH"] = "/bin",
            ["BATON_DATA"] = "",
        });
        Assert.Equal(1000, options.StashBytes);
        Assert.Equal(["https://a.example", "https://b.example"], options.CorsOrigins);
        Assert.True(options.JsonLogs);
        Assert.Equal(new BatonOptions().DataDirectory, options.DataDirectory);
    }
}
