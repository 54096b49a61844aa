using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Baton.Contracts;

/// <summary>The answer to the health routes.</summary>
/// <param name="Status">`ok`; anything else is a problem document.</param>
public sealed record Health([property: AllowedValues("ok")] string Status)
{
    /// <summary>Workspaces that are not served because their ledger is damaged; absent for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DamagedWorkspaces { get; init; }
}
