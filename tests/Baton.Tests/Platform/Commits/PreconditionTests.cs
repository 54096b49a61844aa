using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;

namespace Baton.Tests.Platform.Commits;

public sealed class PreconditionTests
{
    [Fact]
    public void Check_OfAnyHeaders_IsWhatTheyAskFor() => Laws.Hold(
        from wanted in Gen.Elements("", "*", "0", "1", "2", "3")
        from ifAbsent in Gen.Elements(true, false)
        from version in Gen.Choose(0, 3)
        select (wanted, ifAbsent, version), item =>
    {
        var request = new DefaultHttpContext().Request;
        if (item.wanted.Length > 0) request.Headers.IfMatch = item.wanted == "*" ? "*" : $"\"{item.wanted}\"";
        if (item.ifAbsent) request.Headers.IfNoneMatch = "*";
        var errors = new InputErrors();
        var failure = Precondition.Read(request, errors).Check(item.version);
        Assert.False(errors.Any);
        var passes = (!item.ifAbsent || item.version == 0) && item.wanted switch
        {
            "" => true,
            "*" => item.version > 0,
            var wanted => wanted == $"{item.version}",
        };
        Assert.Equal(passes, failure is null);
        if (failure is not null) Assert.Equal(item.version, failure.CurrentVersion);
    });

    [Fact]
    public void IfMatch_OfAnyText_TakesAVersionInQuotesAlone() => Laws.Hold(
        Gen.OneOf(Laws.TextOf("\"0123W/*-, "), Gen.Choose(0, int.MaxValue).Select(number => $"\"{number}\"")), text =>
    {
        if (text is "" or "*") return;
        var (version, isError) = ReadIfMatch(text);
        Assert.Equal(version is null, isError);
        if (version is not null) Assert.Matches("^(W/)?\"[0-9]+\"$", text);
        else Assert.DoesNotMatch("^(W/)?\"[0-9]{1,18}\"$", text);
    }, count: 2000);

    [Theory]
    [InlineData("W/\"2\"")]
    [InlineData("\"2-gzip\"")]
    [InlineData("\"2--gzip\"")]
    [InlineData("\"2;gzip\"")]
    [InlineData("\"2-br\"")]
    [InlineData("\"2-zstd\"")]
    [InlineData("\"2-deflate\"")]
    [InlineData("W/\"2-gzip\"")]
    [InlineData("\"2-gunzip\"")]
    [InlineData("\"2-gzip-gunzip\"")]
    [InlineData("W/\"2--gzip;br\"")]
    public void Tag_AsProxiesMakeIt_IsItsVersion(string tag)
    {
        Assert.Equal((2, false), ReadIfMatch(tag));
        Assert.Equal((2, false), ReadIfNoneMatch(tag));
    }

    [Theory]
    [InlineData("\"abc\"")]
    [InlineData("\"2-final\"")]
    [InlineData("\"2gzip\"")]
    [InlineData("\"-gzip\"")]
    [InlineData("\"2-\"")]
    [InlineData("\"2-gzip-final\"")]
    [InlineData("\"\"")]
    [InlineData("\"2\", \"3\"")]
    [InlineData("W/\"abc\", \"2\"")]
    [InlineData("\"99999999999999999999\"")]
    public void Tag_ThatIsNoVersion_MatchesNothingInAReadAndIsRefusedInAWrite(string tag)
    {
        Assert.Equal((null, true), ReadIfMatch(tag));
        Assert.Equal((null, false), ReadIfNoneMatch(tag));
    }

    static (long? Version, bool IsError) ReadIfMatch(string text)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.IfMatch = text;
        var errors = new InputErrors();
        return (Precondition.Read(request, errors).IfMatch, errors.Any);
    }

    static (long? Version, bool IsError) ReadIfNoneMatch(string text)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.IfNoneMatch = text;
        var errors = new InputErrors();
        return (Precondition.ReadKnownVersion(request, errors), errors.Any);
    }
}
