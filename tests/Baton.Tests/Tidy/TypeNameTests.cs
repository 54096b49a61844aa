using System.Text.RegularExpressions;
using Baton.Server;
using Baton.Server.Platform.Identity;

namespace Baton.Tests.Tidy;

/// <summary>
/// Platform knows no type of things by its name: what it has to know of one, its feature declares. So a new noun changes
/// nothing there.
/// </summary>
public sealed class TypeNameTests
{
    /// <summary>Keys and workspaces are Platform's own: nobody gets in without them.</summary>
    static readonly string[] s_names =
        [.. BatonFeatures.Types.All.Select(type => type.Name).Except([ApiKeyRow.ResourceType, WorkspaceRow.ResourceType])];

    /// <summary>There `schema` is a word of OpenAPI.</summary>
    const string OpenApi = "src/Baton.Server/Platform/Http/OpenApi/";

    /// <summary>What binds things to schemas refuses in the same words whatever is bound.</summary>
    const string Binding = "src/Baton.Server/Platform/Schemas/";

    [Fact]
    public void Text_OfPlatform_NamesNoType()
    {
        var name = new Regex($@"[""`]({string.Join('|', s_names)})[""`:.]");
        None(line => name.IsMatch(line.Text) && !line.Path.StartsWith(OpenApi, StringComparison.Ordinal));
    }

    [Fact]
    public void ErrorCode_OfAType_IsNotUsedByPlatform()
    {
        var code = new Regex($@"\bErrorCodes\.({string.Join('|', s_names)})[A-Z]", RegexOptions.IgnoreCase);
        None(line => code.IsMatch(line.Text) && !line.Path.StartsWith(Binding, StringComparison.Ordinal));
    }

    static void None(Func<(string Path, string Text), bool> isOffending)
    {
        Assert.NotEmpty(s_names);
        var found =
            from file in Repository.Sources("src/Baton.Server/Platform")
            from line in file.Lines.Index()
            where !line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal) && isOffending((file.Path, line.Item))
            select $"{file.Path}:{line.Index + 1} {line.Item.Trim()}";
        Assert.True(!found.Any(), string.Join('\n', found));
    }
}
