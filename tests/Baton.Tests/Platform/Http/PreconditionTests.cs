using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Http;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;

namespace Baton.Tests.Platform.Http;

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
    public void ReadTag_OfAnyText_TakesAVersionInQuotesAlone() => Laws.Hold(
        Gen.OneOf(Laws.TextOf("\"0123W/*-, "), Gen.Choose(0, int.MaxValue).Select(number => $"\"{number}\"")), text =>
    {
        var errors = new InputErrors();
        var version = Precondition.ReadTag("If-Match", text, errors);
        Assert.Equal(version is null, errors.Any);
        if (version is not null) Assert.Matches("^\"[0-9]+\"$", text);
        else Assert.DoesNotMatch("^\"[0-9]{1,18}\"$", text);
    }, count: 2000);
}
