namespace Baton.Contracts.Requests;

/// <summary>The request of an operation that may ask for the version which its thing must have.</summary>
public interface IConditionalRequest : IOperationRequest
{
    /// <summary>
    /// The version that the thing must have, or it is a 412 `version.mismatch`; 0: it must be absent. Null: any
    /// version, or none.
    /// </summary>
    long? IfVersion { get; }
}
