using Baton.Contracts.Errors;
using Baton.Contracts.Schemas;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Schemas;

/// <summary>Tells whether a document fits a schema; stores nothing.</summary>
internal static class ValidateDocument
{
    public const string Action = "schema.validate";

    public static ReadSpec SpecOf(SchemaFeature schemas) => new ReadSpec<ValidateDocumentRequest, SchemaValidation>(
        Action, "Tells whether a document fits a schema.", (caller, request) => ReadAsync(caller, schemas, request))
    {
        Description = """
            A dry run: the body is the document, whatever its content type, and nothing is stored. What is not JSON does
            not fit. Formats are checked, as when something is written.
            """,
        Role = Role.Reader,
        Resource = (request, actor) => SchemaType.AskedBy(actor, request.SchemaId),
        BodyLimit = options => options.StashBytes,
        Found = "What was found.",
        Errors = [ErrorCodes.SchemaNotFound],
    };

    static async ValueTask<Outcome<SchemaValidation>> ReadAsync(
        Caller caller, SchemaFeature schemas, ValidateDocumentRequest request)
    {
        caller.Look();
        var row = await schemas.Finder.FindAsync(caller.Actor, Action, request.SchemaId, caller.Aborted);
        if (row is null || await schemas.Registry.LoadAsync(row.Key, caller.Aborted) is not { } compiled)
            return SchemaFailures.NotFound(request.SchemaId);
        var violations = compiled.Validate(request.Document, SchemaFailures.MaxViolations);
        return new SchemaValidation(
            violations.Count == 0,
            [
                .. violations.Select(violation =>
                    new SchemaValidationError(violation.Pointer, violation.Keyword, violation.Message)),
            ]);
    }
}
