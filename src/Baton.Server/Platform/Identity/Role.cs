namespace Baton.Server.Platform.Identity;

/// <summary>What a key may do; each role may all that those before it may.</summary>
internal enum Role
{
    Reader,
    Agent,
    Admin,
    Server,
}
