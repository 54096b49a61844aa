using System.Text;
using System.Text.Json;
using Baton.Server.Features.Store.Claims;

namespace Baton.Tests.Features.Store.Claims;

public sealed class ClaimUndoTests
{
    [Fact]
    public void Revert_OfWhatOthersHaveWrittenMeanwhile_LeavesEveryByte()
    {
        var (before, claimed) = ("""{"status":"new"}"""u8.ToArray(), """{"status":"busy"}"""u8.ToArray());
        var set = new Dictionary<string, JsonElement> { ["/status"] = JsonElement.Parse("\"busy\"") };
        var undo = ClaimUndo.Of(before, claimed, set);
        const string Others = """{ "status" : "done",  "n": 1.0 }""";

        var reverted = ClaimUndo.Revert(
            Encoding.UTF8.GetBytes(Others), undo, isUntouched: false, maxBytes: long.MaxValue);

        Assert.Equal(Others, Encoding.UTF8.GetString(reverted));
    }
}
