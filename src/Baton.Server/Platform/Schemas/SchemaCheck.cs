using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Platform.Schemas;

/// <summary>
/// Sees to it that what one operation stores fits the schema that its thing has at the moment it is stored. Documents
/// are checked while the operation is prepared; in the lane it is only asked whether the same document was checked
/// by the same schema. If not, because another bound the thing meanwhile or changed what is rewritten, the
/// operation is prepared again, by what the lane saw. So nothing unchecked is ever stored, also by a
/// transaction whose earlier operation binds the thing.
/// </summary>
/// <remarks>Used by one operation: its Prepare and its Decide take turns, so nothing here is shared.</remarks>
/// <param name="schemas">The registered schemas.</param>
/// <param name="target">The type of what is bound.</param>
/// <param name="wanted">The schema to bind to; empty: to none; null: the binding stays as it is.</param>
internal sealed class SchemaCheck(ISchemas schemas, string target, string? wanted)
{
    // What was checked: the schema (null: none), the document, and the result.
    BoundSchema? _schema;
    ReadOnlyMemory<byte> _document;
    Failure? _failure;
    bool _isUnknown;
    bool _isChecked;

    // What the lane saw that had not been checked yet.
    (BoundSchema? Present, ReadOnlyMemory<byte> Document)? _seen;

    bool BindsAnew => wanted is { Length: > 0 };

    /// <summary>Whether the lane saw something that has to be checked first, whatever the rows say meanwhile.</summary>
    public bool HasSeen => _seen is not null;

    /// <summary>
    /// Whether there is something to check, as far as is known. Most things are bound to nothing: their writes need not
    /// wait for anything, and if one is bound after all the lane sees it.
    /// </summary>
    public bool IsNeeded(Operation operation) =>
        BindsAnew || HasSeen || (wanted is null && Guess(operation) is not null);

    /// <summary>For Prepare: checks a document by the schema that will hold, as far as that is known.</summary>
    /// <param name="operation">The operation; its resource is the thing.</param>
    /// <param name="document">What is to be stored; what the lane saw goes before it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async ValueTask PrepareAsync(
        Operation operation, ReadOnlyMemory<byte> document, CancellationToken cancellation)
    {
        // Another part of the transaction has to be prepared again. What was checked of this part is still right.
        if (_isChecked && _seen is null && document.Equals(_document)) return;
        _isChecked = true;
        var present = Guess(operation);
        if (_seen is { } seen) (present, document) = seen;
        (_seen, _schema, _document, _failure, _isUnknown) = (null, null, document, null, false);
        if (BindsAnew)
        {
            var resolved = await schemas.ResolveAsync(
                operation.Actor, operation.Name, wanted!, target, cancellation);
            (_schema, _failure, _isUnknown) = (resolved.Value, resolved.Failure, resolved.Failure is not null);
        }
        else if (wanted is null)
        {
            _schema = present;
        }

        if (_schema is not null)
            _failure = await schemas.CheckAsync(
                operation.Actor.WorkspaceId, _schema, document, prefix: "", cancellation);
    }

    /// <summary>Names the rows that <see cref="Decide"/> looks at. Called by the operation's Reads.</summary>
    public void Read(ReadSet reads, string workspaceId)
    {
        if (BindsAnew) schemas.Read(reads, workspaceId, wanted!);
    }

    /// <summary>
    /// Answers why the document must not be stored; null if it may be. Called by the operation's Decide.
    /// </summary>
    /// <param name="work">The rows.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="present">The schema of the thing now; null where it is not bound, or not there.</param>
    /// <param name="document">What is to be stored.</param>
    /// <param name="next">The schema of the thing from now on; null for none.</param>
    public Decision? Decide(
        UnitOfWork work,
        Operation operation,
        BoundSchema? present,
        ReadOnlyMemory<byte> document,
        out BoundSchema? next)
    {
        next = wanted is null ? present : null;
        if (BindsAnew)
        {
            next = schemas.Find(work, operation.Actor.WorkspaceId, wanted!);
            if (next is null) return SchemaFailures.NotFound(wanted!);
            // When this was prepared, the schema did not exist, or not for this actor, or it was for other types of
            // things.
            if (_isUnknown) return _failure!;
        }

        if (next is not null || _schema is not null) Note(operation, next);
        if (next is null) return null;
        if (next == _schema && document.Span.SequenceEqual(_document.Span)) return Decision.OfAny(_failure);
        _seen = (present, document);
        return Decision.PrepareAgain;
    }

    BoundSchema? Guess(Operation operation) =>
        schemas.Guesses.Find(operation.Actor.WorkspaceId, operation.Resource);

    /// <summary>
    /// Notes the schema as the guess for the next writer. It does no harm that this may come before the commit.
    /// </summary>
    void Note(Operation operation, BoundSchema? next)
    {
        if (Guess(operation) != next)
            schemas.Guesses.Note(operation.Actor.WorkspaceId, operation.Resource, next);
    }
}
