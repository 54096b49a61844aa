using System.Globalization;
using Baton.Contracts.Json;
using FsCheck.Fluent;

namespace Baton.Tests.Contracts.Json;

public sealed class WireTimeTests
{
    [Fact]
    public void Text_OfAnyTime_IsThatOfTheFormat() => Laws.Hold(
        Gen.Choose(0, int.MaxValue).Two().Select(parts => new DateTimeOffset(
            ((((long)parts.Item1 << 31) | (uint)parts.Item2) % DateTime.MaxValue.Ticks), TimeSpan.Zero)),
        time => Assert.Equal(
            time.ToString("yyyy-MM-dd\'T\'HH:mm:ss.ffffff\'Z\'", CultureInfo.InvariantCulture), WireTime.ToText(time)), count: 2000);

    [Fact]
    public void Text_OfAnotherOffset_IsUtc() => Assert.Equal(
        "2026-04-13T22:30:00.000000Z", WireTime.ToText(new DateTimeOffset(2026, 4, 14, 0, 30, 0, TimeSpan.FromHours(2))));
}
