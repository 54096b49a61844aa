namespace Baton.ServerTests.Harness;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The full path of a file, named from the repository's root.</summary>
    public static string PathOf(string file)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        for (; directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Baton.slnx"))) return Path.Combine(directory.FullName, file);
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository: no Baton.slnx above them.");
    }
}
