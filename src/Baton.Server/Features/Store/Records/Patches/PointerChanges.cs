using System.Runtime.InteropServices;
using System.Text.Json;

namespace Baton.Server.Features.Store.Records.Patches;

/// <summary>Changes at JSON pointers, as requests have them.</summary>
internal sealed record PointerChanges
{
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Increment { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Append { get; init; }

    public JsonElement? Init { get; init; }

    /// <summary>Bytes of all values.</summary>
    public int Bytes => BytesOf(Set) + BytesOf(Increment) + BytesOf(Append) + (Init is { } init ? BytesOf(init) : 0);

    static int BytesOf(IReadOnlyDictionary<string, JsonElement>? changes) =>
        changes?.Values.Sum(value => BytesOf(value)) ?? 0;

    static int BytesOf(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length;
}
