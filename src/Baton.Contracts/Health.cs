using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Baton.Contracts;

/// <summary>The answer of the health routes.</summary>
/// <param name="Status">`ok`. A server that is not well answers a problem document in place of this.</param>
public sealed record Health([property: AllowedValues("ok")] string Status)
{
    /// <summary>
    /// How many workspaces are not served because their ledger is damaged. Left out where there are none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DamagedWorkspaces { get; init; }
}
