namespace Baton.Server.Platform.Basics;

/// <summary>A setting that the server cannot use: it does not start.</summary>
internal sealed class BadSettingException(string message) : Exception(message);
