namespace Baton.Server.Platform.Basics;

/// <summary>The version of this server, as it tells it.</summary>
internal static class ServerVersion
{
    public static readonly string Text = typeof(ServerVersion).Assembly.GetName().Version!.ToString(fieldCount: 3);
}
