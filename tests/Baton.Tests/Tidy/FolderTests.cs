using System.Text.RegularExpressions;

namespace Baton.Tests.Tidy;

/// <summary>
/// A folder is read as a list of names. About fifteen are taken in at a glance, and tell what belongs together; among more
/// than that one searches, and what comes next is put anywhere. A few more are allowed, so that one new file does not force
/// a cut at a bad moment; then the folder is divided along what belongs together, not emptied to fit.
/// </summary>
public sealed partial class FolderTests
{
    const int MaxFiles = 18;

    [Fact]
    public void Folder_OfAnyProject_HoldsFewFiles() => None(
        from file in Repository.Sources("src", "tests", "bench")
        group file by FolderOf(file.Path) into folder
        where folder.Count() > MaxFiles
        select $"{folder.Key} holds {folder.Count()} files, and at most {MaxFiles} are found at a glance: divide it");

    /// <summary>Whoever knows the folder of a type knows its namespace, and the other way round.</summary>
    [Fact]
    public void Namespace_OfAFile_IsItsFolder() => None(
        from file in Repository.Sources("src", "tests", "bench")
        from line in file.Lines
        let match = Declaration().Match(line)
        where match.Success && match.Groups["name"].Value != NamespaceOf(file.Path)
        select $"{file.Path} is in {match.Groups["name"].Value}, not in {NamespaceOf(file.Path)}");

    /// <summary>
    /// The folders of a project, without where it lies. Of Contracts only the first: who uses the contracts writes one using
    /// for a subject, such as the store, and finds all its requests and answers by it. The folders below are for who edits.
    /// </summary>
    static string NamespaceOf(string path)
    {
        var folders = FolderOf(path).Split('/')[1..];
        return string.Join('.', folders[0] == "Baton.Contracts" ? folders[..Math.Min(2, folders.Length)] : folders);
    }

    static string FolderOf(string path) => path[..path.LastIndexOf('/')];

    static void None(IEnumerable<string> offenders)
    {
        var found = offenders.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)")]
    private static partial Regex Declaration();
}
