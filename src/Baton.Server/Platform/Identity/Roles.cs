namespace Baton.Server.Platform.Identity;

internal static class Roles
{
    public static readonly string[] Names = ["reader", "agent", "admin", "server"];

    public static string NameOf(Role role) => Names[(int)role];

    public static Role? Parse(string name)
    {
        var index = Array.IndexOf(Names, name);
        return index < 0 ? null : (Role)index;
    }
}
