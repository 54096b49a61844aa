using Baton.JsonSchema.Values;

namespace Baton.Server.Platform.Basics.Json;

/// <summary>What is wrong with a JSON value, and where.</summary>
/// <param name="Pointer">A JSON pointer into the value.</param>
/// <param name="Message">What is wrong there.</param>
internal sealed record JsonFault(string Pointer, string Message)
{
    /// <summary>The same fault, as seen from the object or array around the value.</summary>
    public JsonFault In(string name) => this with
    {
        Pointer = JsonPointer.Of(name) + Pointer,
    };
}
