using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Baton.JsonSchema;
using Baton.Server.Platform.Basics;

namespace Baton.Tests.Docs;

/// <summary>docs/limits.md tells limits that are in the code, with their values.</summary>
public sealed partial class LimitsTests
{
    const BindingFlags Anything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    const long MicrosPerSecond = 1_000_000;

    [Fact]
    public void Page_EveryLimit_IsInTheCodeWithItsValue()
    {
        var rows = DocsPage.Read("limits.md").Split('\n').Where(line => line.StartsWith('|')).ToList();
        var checkedCount = 0;
        foreach (var row in rows)
        {
            foreach (Match name in Named().Matches(row))
            {
                var value = ValueOf(name.Groups["type"].Value, name.Groups["member"].Value);
                var isTold = value is null || Regex.IsMatch(row, $@"(?<!\d){value}(?!\d)");
                Assert.True(isTold, $"{name.Value} is {value}, but the page says: {row}");
                checkedCount++;
            }
        }

        Assert.True(checkedCount > 50, $"Only {checkedCount} limits were found on the page.");
    }

    [Fact]
    public void Page_Limits_AreAllThatFeaturesDeclare()
    {
        var page = DocsPage.Read("limits.md");
        var declared =
            from type in typeof(BatonOptions).Assembly.GetTypes()
            where type.Name.EndsWith("Options", StringComparison.Ordinal)
            from field in type.GetFields(Anything | BindingFlags.DeclaredOnly)
            where field.IsLiteral && !field.IsPrivate
            select $"`{type.Name}.{field.Name}`";
        Assert.DoesNotContain(declared, name => !page.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_Codes_AreInTheCatalogue()
    {
        var known = global::Baton.Contracts.Errors.ErrorCodes.All.ToDictionary(error => error.Code, error => error.Status);
        foreach (Match match in StatusAndCode().Matches(DocsPage.Read("limits.md")))
        {
            var isKnown = known.TryGetValue(match.Groups["code"].Value, out var status);
            Assert.True(isKnown, $"{match.Value} is no error of the catalogue.");
            Assert.Equal(match.Groups["status"].Value, status.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A number as the page writes it; null for a member that is no number.</summary>
    static string? ValueOf(string typeName, string memberName)
    {
        Assembly[] assemblies =
        [
            typeof(BatonOptions).Assembly,
            typeof(SchemaSettings).Assembly,
            typeof(global::Baton.Contracts.Json.BatonJson).Assembly,
        ];
        var type = Assert.Single(assemblies.SelectMany(assembly => assembly.GetTypes()), candidate =>
            candidate.Name.Split('`')[0] == typeName && candidate.GetMember(memberName, Anything).Length > 0);
        var value = type.GetMember(memberName, Anything)[0] switch
        {
            FieldInfo { IsLiteral: true } constant => constant.GetRawConstantValue(),
            FieldInfo { IsStatic: true } field => field.GetValue(null),
            PropertyInfo property when type == typeof(BatonOptions) => property.GetValue(new BatonOptions()),
            PropertyInfo property when type == typeof(SchemaSettings) => property.GetValue(SchemaSettings.Default),
            _ => null,
        };
        return value switch
        {
            long micros when memberName.EndsWith("Micros", StringComparison.Ordinal) => Text(micros / MicrosPerSecond),
            int or long => Text(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            TimeSpan time => Text((long)time.TotalSeconds),
            _ => null,
        };
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"`(?<type>[A-Z]\w+)\.(?<member>\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<status>\d{3}) `(?<code>[a-z_]+\.[a-z_]+)`")]
    private static partial Regex StatusAndCode();
}
