using System.Globalization;
using System.Security.Cryptography;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak;

/// <summary>A body may be as large as the limit says, and what is larger costs no memory.</summary>
[Collection(SoakCollection.Name)]
public sealed class BodySoakTests
{
    const int Limit = 25 * 1024 * 1024;
    const int Mebibyte = 1024 * 1024;

    [Fact]
    public async Task Put_OfExactlyTheLimit_ComesBackWhole()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var client = new SoakClient();
        var body = RandomNumberGenerator.GetBytes(Limit);
        Assert.Equal(201, (await client.PutAsync(server.Url, "largest", body)).Status);
        var present = await client.GetAsync(server.Url, "/stash/largest");
        Assert.True(present.Body.AsSpan().SequenceEqual(body));
        Assert.Equal("stash.too_large", (await client.AppendAsync(server.Url, "largest", new byte[1])).Code);
        report.Mebibytes("body", Limit);
        report.Mebibytes("peak resident", server.MemoryBytes("VmHWM"));
        report.Passed();
    }

    [Theory]
    [InlineData("one byte more, declared", Limit + 1L, true, 8)]
    [InlineData("1 GiB, declared", 1L << 30, true, 8)]
    // Undeclared, it is read up to the limit: the growing buffer holds it up to twice, and while it grows thrice.
    [InlineData("one byte more, undeclared", Limit + 1L, false, 128)]
    [InlineData("1 GiB, undeclared", 1L << 30, false, 128)]
    public async Task Put_OverTheLimit_IsRefusedWithoutHoldingIt(string body, long size, bool isDeclared, int maxGrowthMebibytes)
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var client = new SoakClient();
        // Once before, so that what the first requests load is not counted.
        await client.PutAsync(server.Url, "warm", new byte[Mebibyte]);
        var before = server.MemoryBytes("VmRSS");
        server.ResetPeakMemory();
        Assert.StartsWith("HTTP/1.1 413 ", await UploadAsync(server.Url, size, isDeclared), StringComparison.Ordinal);
        var growth = server.MemoryBytes("VmHWM") - before;
        Assert.True(growth < maxGrowthMebibytes * (long)Mebibyte, $"{body}: memory grew by {growth} bytes.");
        Assert.Equal(404, (await client.GetAsync(server.Url, "/stash/larger")).Status);
        Assert.Equal(200, (await client.PutAsync(server.Url, "warm", new byte[1])).Status);
        report.Figure("body", body);
        report.Mebibytes("growth", Math.Max(0, growth));
        report.Passed();
    }

    /// <summary>Sends until all is sent or the server has answered; the answer.</summary>
    static async Task<string> UploadAsync(string url, long size, bool isDeclared)
    {
        using var connection = await RawConnection.OpenAsync(url);
        var length = isDeclared
            ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {size}")
            : "Transfer-Encoding: chunked";
        await connection.SendAsync(
            $"PUT /stash/larger HTTP/1.1\r\nHost: h\r\nX-API-KEY: {TestServer.AdminSecret}\r\n{length}\r\n\r\n");
        var answer = connection.ReadToEndAsync(TimeSpan.FromSeconds(30), maxBytes: 16);
        var block = new string('x', Mebibyte);
        if (!isDeclared) block = $"{Mebibyte:x}\r\n{block}\r\n";
        try
        {
            for (var sent = 0L; sent < size && !answer.IsCompleted; sent += Mebibyte) await connection.SendAsync(block);
        }
        catch (IOException)
        {
            // It has answered and closed.
        }

        return await answer;
    }
}
