namespace Baton.Contracts.Requests;

/// <summary>
/// The request of one operation that changes something. Each member is declared once: its name, its type, its bounds by
/// attributes, its sentence, and where HTTP carries it; without such an attribute it is a member of the JSON body. In a
/// transaction all of them are members of one JSON object, beside `op`.
/// </summary>
public interface IOperationRequest;
