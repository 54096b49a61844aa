namespace Baton.Contracts.Requests;

/// <summary>
/// The request of one operation that changes something. In a transaction all of its members are members of one JSON
/// object, beside `op`.
/// </summary>
public interface IOperationRequest : IRequest;
