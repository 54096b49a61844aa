using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Transactions;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Commits;

/// <summary>An operation that can be asked for by its name, with the fields of its request in JSON.</summary>
/// <param name="Name">`stash.put`.</param>
/// <param name="RequestType">The wire record of its request: a <see cref="TransactionOperation"/>.</param>
/// <param name="AnswerType">The wire record of its answer.</param>
internal abstract record OperationKind(string Name, Type RequestType, Type AnswerType)
{
    /// <summary>The least role.</summary>
    public Role Role { get; init; } = Role.Agent;

    /// <summary>The errors of its own: those of its route.</summary>
    public required IReadOnlyList<ErrorCode> Errors { get; init; }

    /// <summary>
    /// What its query finds holds whatever the operations before it in a transaction do; without this its operations
    /// have to name their rows.
    /// </summary>
    public bool QueryHolds { get; init; }

    /// <summary>
    /// Makes the operation of a request; null where <paramref name="errors"/> got what is wrong with it. Places are
    /// pointers into the request.
    /// </summary>
    public abstract Operation? Make(JsonElement request, Actor actor, InputErrors errors);
}

/// <inheritdoc/>
/// <param name="Name">`stash.put`.</param>
/// <param name="MakeOf">The operation of a request. What is added to the errors makes it count for nothing.</param>
internal sealed record OperationKind<TRequest, TAnswer>(
    string Name, Func<TRequest, Actor, InputErrors, Operation> MakeOf)
    : OperationKind(Name, typeof(TRequest), typeof(TAnswer))
    where TRequest : TransactionOperation
    where TAnswer : Committed
{
    public override Operation? Make(JsonElement request, Actor actor, InputErrors errors)
    {
        var parsed = JsonBodies.Parse<TRequest>(JsonMarshal.GetRawUtf8Value(request));
        if (parsed.Failure is { } failure)
        {
            errors.AddAll(failure, place => place);
            return null;
        }

        var operation = MakeOf(parsed.Value!, actor, errors);
        if (!QueryHolds && operation.HasQuery)
            throw new InvalidOperationException($"{Name} cannot name its rows: it cannot be one of several.");
        return errors.Any ? null : operation;
    }
}

/// <summary>
/// The operations that can be asked for by name; every feature registers its own. Complete before the first request.
/// </summary>
internal sealed class OperationKinds
{
    readonly SortedDictionary<string, OperationKind> _kinds = new(StringComparer.Ordinal);

    /// <summary>All of them, by name.</summary>
    public IReadOnlyCollection<OperationKind> All => _kinds.Values;

    public void Add(OperationKind kind) => _kinds.Add(kind.Name, kind);

    public OperationKind? Find(string name) => _kinds.GetValueOrDefault(name);
}
