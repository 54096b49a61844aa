namespace Baton.Contracts.Requests;

/// <summary>A request that may ask for the version which its thing must have.</summary>
public interface IConditionalRequest : IOperationRequest
{
    /// <summary>Only if it has this version; 0: only if it is absent. Null: whatever it has.</summary>
    long? IfVersion { get; }
}
