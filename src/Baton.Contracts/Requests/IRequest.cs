namespace Baton.Contracts.Requests;

/// <summary>
/// What a caller asks of the server, as one record. Each member is declared once: its name, its type, its bounds by
/// attributes, its sentence, and where HTTP carries it; without such an attribute it is a member of the JSON body.
/// </summary>
public interface IRequest;
