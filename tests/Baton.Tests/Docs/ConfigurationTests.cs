using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Baton.Server.Platform.Basics;

namespace Baton.Tests.Docs;

/// <summary>docs/configuration.md tells every setting, with the range that the server takes.</summary>
public sealed partial class ConfigurationTests
{
    static readonly string s_page = DocsPage.Read("configuration.md");

    [Fact]
    public void Page_Settings_AreThoseOfTheServer()
    {
        var documented = Row().Matches(s_page).Select(row => row.Groups["name"].Value);
        Assert.Equal(BatonOptions.Names.Order(), documented.Order());
        Assert.Empty(Name().Matches(s_page).Select(match => match.Value).Except(BatonOptions.Names));
    }

    [Fact]
    public void Page_Ranges_AreThoseOfTheServer()
    {
        var ranges = Row().Matches(s_page).Where(row => row.Groups["min"].Success).ToList();
        Assert.NotEmpty(ranges);
        foreach (var row in ranges)
        {
            var name = row.Groups["name"].Value;
            var min = long.Parse(row.Groups["min"].Value, CultureInfo.InvariantCulture);
            Read(name, min);
            Assert.Throws<BadSettingException>(() => Read(name, min - 1));
            if (!row.Groups["max"].Success) continue;
            var max = long.Parse(row.Groups["max"].Value, CultureInfo.InvariantCulture);
            Read(name, max);
            Assert.Throws<BadSettingException>(() => Read(name, max + 1));
        }
    }

    [Fact]
    public void Page_Defaults_AreThoseOfTheServer()
    {
        foreach (Match row in Row().Matches(s_page))
        {
            if (long.TryParse(row.Groups["default"].Value, CultureInfo.InvariantCulture, out var value))
                Assert.Equal(new BatonOptions(), Read(row.Groups["name"].Value, value));
        }
    }

    /// <summary>Who reads an option in the code sees its variable, default and range, and need not look here.</summary>
    [Fact]
    public void Option_OfTheServer_IsDocumentedAsOnThePage()
    {
        var docs = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Baton.Server.xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("remarks")?.Value ?? "");
        var settings = typeof(BatonOptions).GetProperties().Where(property => property.CanWrite).ToList();
        Assert.Equal(Row().Count(s_page), settings.Count);
        foreach (Match row in Row().Matches(s_page))
        {
            var name = row.Groups["name"].Value;
            var remark = $"`{name}`. Default: {row.Groups["default"].Value}. Range: {row.Groups["range"].Value}.";
            var setting = settings.Find(setting => RemarkOf(setting) == remark);
            Assert.True(setting is not null, $"No property of BatonOptions has the remark: {remark}");
            if (long.TryParse(row.Groups["min"].Value, CultureInfo.InvariantCulture, out var min))
                Assert.Equal(min, setting.GetValue(Read(name, min)));
        }

        string RemarkOf(PropertyInfo setting) =>
            Spaces().Replace(docs.GetValueOrDefault($"P:{setting.DeclaringType}.{setting.Name}", ""), " ").Trim();
    }

    static BatonOptions Read(string name, long value) => BatonOptions.FromEnvironment(
        new Hashtable { [name] = value.ToString(CultureInfo.InvariantCulture) });

    [GeneratedRegex(
        @"^\| `(?<name>BATON_[A-Z_]+)` \| (?<default>[^|]*?) \| "
        + @"(?<range>(?<min>\d+) (?:to (?<max>\d+)|or more)(?= \|)|[^|]*?) \|",
        RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("BATON_[A-Z_]*[A-Z]")]
    private static partial Regex Name();
}
