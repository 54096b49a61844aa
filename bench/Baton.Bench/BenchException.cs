namespace Baton.Bench;

/// <summary>A measurement could not be made, or is not what it claims to be; the message says why.</summary>
internal sealed class BenchException(string message) : Exception(message);
