using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Schemas;

/// <summary>
/// The registered schemas, for features that bind things to them; the feature that registers schemas brings it. Safe
/// for concurrent use.
/// </summary>
internal interface ISchemas
{
    /// <summary>What things are bound to, as far as it was seen.</summary>
    SchemaGuesses Guesses { get; }

    /// <summary>
    /// The schema that a thing is to be bound to: there for the actor, and for such things. While an operation is
    /// prepared, never on the lane's thread.
    /// </summary>
    /// <param name="actor">Who binds.</param>
    /// <param name="action">The operation, `stash.put`.</param>
    /// <param name="schemaId">The schema.</param>
    /// <param name="target">The type of what is bound.</param>
    /// <param name="cancellation">Ends the reading.</param>
    ValueTask<Outcome<BoundSchema>> ResolveAsync(
        Actor actor, string action, string schemaId, string target, CancellationToken cancellation);

    /// <summary>
    /// What is wrong with a document by the schema that its thing is bound to; null: nothing. While an operation is
    /// prepared, never on the lane's thread.
    /// </summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="schema">The schema. It must be there; what is bound is.</param>
    /// <param name="document">The bytes, whatever they are.</param>
    /// <param name="prefix">The pointer to the document within the request; empty where it is all of it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    ValueTask<Failure?> CheckAsync(
        string workspaceId, BoundSchema schema, ReadOnlyMemory<byte> document, string prefix,
        CancellationToken cancellation);

    /// <summary>Names what <see cref="Find"/> looks at.</summary>
    void Read(ReadSet reads, string workspaceId, string schemaId);

    /// <summary>The schema as it is in the lane; null when it is not there.</summary>
    BoundSchema? Find(UnitOfWork work, string workspaceId, string schemaId);
}
