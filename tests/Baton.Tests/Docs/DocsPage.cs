namespace Baton.Tests.Docs;

/// <summary>The pages of the repository's docs folder.</summary>
internal static class DocsPage
{
    public static string Read(string name)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        for (; directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Baton.slnx")))
                return File.ReadAllText(Path.Combine(directory.FullName, "docs", name));
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository: no Baton.slnx above them.");
    }
}
