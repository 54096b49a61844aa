using Baton.Contracts.Errors;
using Baton.JsonSchema;
using Baton.JsonSchema.Compatibility;
using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Schemas;

/// <summary>
/// The result of preparing the registration of a definition, outside the lane. It holds as long as the newest version
/// of the name is the one that it was compared with, and the schemas that it refers to exist.
/// </summary>
internal sealed record Registration
{
    public const string Backward = "backward";

    /// <summary>The newest version when it was prepared; empty for none.</summary>
    public required string NewestId { get; init; }

    /// <summary>Equal for equal definitions.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>What each reference means: the schema's id, by URI.</summary>
    public required IReadOnlyDictionary<string, string> Pins { get; init; }

    /// <summary>The newest version, if the definition is the same; null: it is a new version.</summary>
    public SchemaRow? Identical { get; init; }

    /// <summary>
    /// Why it cannot be registered. The lane answers this, after it has looked for an answer that was kept.
    /// </summary>
    public Failure? Failure { get; init; }

    /// <summary>The schemas that must exist.</summary>
    public IEnumerable<string> Needed =>
        Identical is null ? Pins.Values.Distinct() : [Identical.SchemaId, .. Pins.Values.Distinct()];

    public static async ValueTask<Registration> PrepareAsync(
        SchemaFeature schemas, CreateSchema operation, CancellationToken cancellation)
    {
        var request = operation.Request;
        var versions = await schemas.Finder.ReadVersionsAsync(operation.NameKey, cancellation);
        var registration = new Registration
        {
            NewestId = versions.Count == 0 ? "" : versions[0].SchemaId,
            Digest = [],
            Pins = new Dictionary<string, string>(),
        };
        var references = new ReferenceResolver(
            schemas.Finder, schemas.Registry, operation.Actor, operation.Name, isPublic: operation.Owner.Length == 0);
        var faults = await references.CompileAsync(operation.Definition, cancellation);
        if (faults.Count > 0) return registration with { Failure = Invalid(faults) };

        registration = registration with
        {
            Digest = JsonDigest.Of(request.Definition),
            Pins = references.Pins,
        };
        foreach (var version in versions)
        {
            if (await IsSameAsync(version)) return registration with { Identical = version };
        }

        if (versions.Count >= SchemaOptions.MaxVersions)
            return registration with { Failure = VersionsFull(request.Name) };
        return versions.Count == 0 || operation.Compatibility != Backward
            ? registration
            : registration with { Failure = await CompareAsync(versions[0]) };

        async ValueTask<bool> IsSameAsync(SchemaRow version)
        {
            var isAlike = version.Description == request.Description && version.TargetType == operation.TargetType
                && version.Compatibility == operation.Compatibility
                && version.Digest.AsSpan().SequenceEqual(registration.Digest);
            return isAlike
                && await schemas.Registry.ReadDefinitionAsync(version.Key, cancellation) is { } row
                && row.Pins == SchemaPins.ToText(references.Pins);
        }

        async ValueTask<Failure?> CompareAsync(SchemaRow newest)
        {
            var older = await schemas.Registry.ReadDefinitionAsync(newest.Key, cancellation);
            // It was deleted just now. Then it is no longer the newest, and the lane will notice.
            if (older is null || await schemas.Registry.ReadPinnedAsync(older, cancellation) is not { } pinned)
                return null;
            // The same address can mean another version now than it meant for the older definition.
            var isSameForBoth = SchemaPins.Parse(older.Pins)
                .All(pin => references.Pins.GetValueOrDefault(pin.Key, pin.Value) == pin.Value);
            var verdict = SchemaCompatibility.Compare(
                older.Definition, operation.Definition,
                uri => references.Definition(uri) ?? pinned.GetValueOrDefault(uri),
                isSameForBoth ? null : pinned.GetValueOrDefault);
            return verdict.IsCompatible ? null : Incompatible(newest, verdict);
        }
    }

    static Failure Invalid(IReadOnlyList<SchemaFault> faults)
    {
        var errors = new InputErrors();
        foreach (var fault in faults)
            errors.Add(ErrorCodes.SchemaInvalid, "/definition" + fault.Pointer, fault.Message);
        return errors.ToFailure();
    }

    static Failure Incompatible(SchemaRow newest, CompatibilityVerdict verdict)
    {
        var errors = new InputErrors();
        errors.Add(ErrorCodes.SchemaIncompatible, "/definition" + verdict.Pointer, verdict.Reason!);
        return errors.ToFailure() with
        {
            Detail = $"Not compatible with version {newest.Version} of {newest.Name}: {verdict.Reason}",
        };
    }

    static Failure VersionsFull(string name) => new(
        ErrorCodes.SchemaVersionsFull,
        $"The schema {name} has {SchemaOptions.MaxVersions} versions; that is the most.");
}
