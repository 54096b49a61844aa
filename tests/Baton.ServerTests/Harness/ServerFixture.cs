namespace Baton.ServerTests.Harness;

/// <summary>One server for all tests of a class: each uses a workspace of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    internal TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(options => options with
    {
        StashBytes = 1000,
        RecordBytes = 2000,
        BodyBytes = 4096,
        WorkspaceBytes = 5000,
    });

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
