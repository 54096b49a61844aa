using System.IO.Pipelines;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Baton.Tests.Platform.Http;

/// <summary>What bodies hold is what came of them, and no workspace holds all there is.</summary>
public sealed class BodiesTests
{
    const int Kibibyte = 1024;
    const int Limit = 256 * Kibibyte;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OfWhatWasDeclaredButDoesNotCome_HoldsNextToNothing()
    {
        var bodies = new Bodies(inFlightLimit: Limit, largestBody: Limit);
        var slow = Enumerable.Range(0, 10).Select(_ => new Upload(bodies, "hostile", declared: Limit)).ToList();
        Assert.InRange(bodies.InFlight, 0, 10 * 16 * Kibibyte);
        using var other = new Upload(bodies, "other", declared: 64 * Kibibyte);
        other.Send(new byte[64 * Kibibyte]);
        Assert.Equal(64 * Kibibyte, (await other.Outcome).Value!.Length);
        slow.ForEach(upload => upload.Dispose());
        Assert.Equal(64 * Kibibyte, bodies.InFlight);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_OfMoreThanAWorkspacesShare_IsRefusedForItAlone(bool isDeclared)
    {
        var bodies = new Bodies(inFlightLimit: 4 * Limit, largestBody: Limit);
        // Three quarters of it are its share.
        var held = Enumerable.Range(0, 3).Select(_ => new Upload(bodies, "hostile", isDeclared ? Limit : null)).ToList();
        foreach (var upload in held)
        {
            upload.Send(new byte[Limit], isEnd: true);
            Assert.Equal(Limit, (await upload.Outcome).Value!.Length);
        }

        using var more = new Upload(bodies, "hostile", declared: 1);
        more.Send([1]);
        var refused = (await more.Outcome).Failure!;
        Assert.Equal("server.overloaded", refused.Code.Code);
        Assert.Equal(1, refused.RetryAfterSeconds);
        Assert.Contains("of this workspace", refused.Detail, StringComparison.Ordinal);

        using var other = new Upload(bodies, "other", declared: Limit);
        other.Send(new byte[Limit]);
        Assert.Equal(Limit, (await other.Outcome).Value!.Length);
        bodies.Release("hostile", Limit);
        using var again = new Upload(bodies, "hostile", declared: 1);
        again.Send([1]);
        Assert.Single((await again.Outcome).Value!);
    }

    [Fact]
    public async Task Read_OfTheLargestBody_GetsThroughHoweverSmallTheShareWouldBe()
    {
        var bodies = new Bodies(inFlightLimit: Limit, largestBody: Limit);
        using var upload = new Upload(bodies, "alone", declared: Limit);
        upload.Send(new byte[Limit]);
        Assert.Equal(Limit, (await upload.Outcome).Value!.Length);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16 * Kibibyte, 1000)]
    [InlineData((16 * Kibibyte) + 1, 7000)]
    [InlineData(Limit, 30_000)]
    public async Task Read_InAnyParts_IsTheBodyAndHoldsItsLength(int size, int part)
    {
        var expected = Enumerable.Range(0, size).Select(number => (byte)(number * 31)).ToArray();
        foreach (var declared in new int?[] { size, null })
        {
            var bodies = new Bodies(inFlightLimit: 8 * Limit, largestBody: Limit);
            using var upload = new Upload(bodies, "any", declared);
            for (var sent = 0; sent < size; sent += part)
                upload.Send(expected[sent..Math.Min(size, sent + part)], isEnd: sent + part >= size);
            Assert.Equal(expected, (await upload.Outcome).Value);
            Assert.Equal(size, bodies.InFlight);
            bodies.Release("any", size);
            Assert.Equal(0, bodies.InFlight);
        }
    }

    /// <summary>A request whose body comes as the test sends it: read on the test's own thread.</summary>
    sealed class Upload : IRequestBodyPipeFeature, IDisposable
    {
        readonly Pipe _pipe = new(new PipeOptions(
            readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0,
            useSynchronizationContext: false));

        public Upload(Bodies bodies, string workspaceId, int? declared)
        {
            var http = new DefaultHttpContext();
            http.Features.Set<IRequestBodyPipeFeature>(this);
            http.Request.ContentLength = declared;
            Outcome = bodies.ReadAsync(http.Request, workspaceId, Limit, Cancellation).AsTask();
        }

        public PipeReader Reader => _pipe.Reader;

        public Task<Outcome<byte[]>> Outcome { get; }

        public void Send(byte[] bytes, bool isEnd = false)
        {
            var written = _pipe.Writer.WriteAsync(bytes, Cancellation);
            Assert.True(written.IsCompleted);
            if (isEnd) _pipe.Writer.Complete();
        }

        /// <summary>The connection ends.</summary>
        public void Dispose() => _pipe.Writer.Complete(new IOException("gone"));
    }
}
