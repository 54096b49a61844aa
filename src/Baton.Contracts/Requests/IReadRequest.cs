namespace Baton.Contracts.Requests;

/// <summary>The request of one read: it changes nothing.</summary>
public interface IReadRequest : IRequest;
