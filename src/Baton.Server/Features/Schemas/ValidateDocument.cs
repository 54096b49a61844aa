using Baton.Contracts.Errors;
using Baton.Contracts.Schemas;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Schemas;

/// <summary>Tells whether a document fits a schema; stores nothing.</summary>
internal static class ValidateDocument
{
    public static RouteSpec Spec { get; } = new("schema.validate", "Tells whether a document fits a schema.")
    {
        Description = """
            A dry run: the body is the document, whatever its content type, and nothing is stored. What is not JSON does
            not fit. Formats are checked, as when something is written.
            """,
        Role = Role.Reader,
        Resource = SchemaRoutes.ResourceOf,
        Path = [SchemaRoutes.IdOrName],
        Body = BodySpec.Bytes(options => options.StashBytes),
        Answers = [AnswerSpec.Json<SchemaValidation>(200, "What was found.", "Baton-Seq")],
        Errors = [ErrorCodes.SchemaNotFound],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, SchemaFeature schemas)
    {
        var asked = SchemaRoutes.ReadIdOrName(call);
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await call.ReadBodyAsync();
        if (body.Failure is { } failure) return failure;
        return await call.AnswerAsync(await ReadAsync(call.Caller, schemas, asked, body.Value!));
    }

    public static async ValueTask<Outcome<SchemaValidation>> ReadAsync(
        Caller caller, SchemaFeature schemas, string asked, byte[] document)
    {
        caller.Look();
        var row = await schemas.Finder.FindAsync(caller.Actor, Spec.Action, asked, caller.Aborted);
        if (row is null || await schemas.Registry.LoadAsync(row.Key, caller.Aborted) is not { } compiled)
            return SchemaFailures.NotFound(asked);
        var violations = compiled.Validate(document, SchemaFailures.MaxViolations);
        return new SchemaValidation(
            violations.Count == 0,
            [
                .. violations.Select(violation =>
                    new SchemaValidationError(violation.Pointer, violation.Keyword, violation.Message)),
            ]);
    }
}
