using System.Reflection;
using Baton.Contracts.Errors;
using Baton.Server.Features.Transactions;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Tests.Features.Transactions;

/// <summary>What the operations of a transaction say of themselves, the transaction says of all of them.</summary>
public sealed class RunTransactionTests
{
    static readonly Actor s_actor = Actor.System("w");

    /// <summary>What it does not say of its operations, and why.</summary>
    static readonly Dictionary<string, string> s_apart = new()
    {
        [nameof(Operation.Validate)] = "They are validated as they are made, so that all that is wrong is told at once.",
    };

    [Fact]
    public void Member_OfAnOperation_IsComposedOfThoseOfAllOperations()
    {
        var members = typeof(Operation).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(method => method.IsVirtual && method.DeclaringType == typeof(Operation)).ToList();
        Assert.True(members.Count >= 9, string.Join(", ", members));
        var own = typeof(RunTransaction).GetMethods(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Select(method => method.GetBaseDefinition()).ToHashSet();
        var forgotten = members.Where(member => !own.Contains(member) && !s_apart.ContainsKey(member.Name));
        Assert.Equal([], forgotten.Select(member => member.Name));
    }

    [Fact]
    public void Cost_OfATransaction_IsThatOfAllOperations()
    {
        var whole = Of(new Part("b") { Cost = new Weight(Bytes: 10, Rows: 2) }, new Part("a") { Cost = new Weight(5, 3) });
        Assert.Equal(new Weight(Bytes: 15, Rows: 5), whole.Weight);
    }

    [Fact]
    public void Contention_OfATransaction_HasTheTurnsAndAttemptsOfAllOperations()
    {
        var looking = new Contention(ErrorCodes.StoreContended, ["c", "a"], MoreAttempts: 7);
        var contention = Of(new Part("b"), new Part("a") { Overtaken = looking }).Contention;
        Assert.Equal(ErrorCodes.TransactionContended, contention.Code);
        Assert.Equal(["a", "b", "c"], contention.Turns);
        Assert.Equal(10 + 1 + 8, contention.Attempts);
    }

    [Fact]
    public void Locks_OfATransaction_AreThoseOfAllOperations()
    {
        var whole = Of(new Part("a") { Held = ["x"] }, new Part("b"), new Part("c") { Held = ["y", "z"] });
        Assert.Equal(["x", "y", "z"], whole.Locks);
    }

    [Fact]
    public void Workspace_OfATransaction_IsTheOneThatAnOperationMakes()
    {
        var made = new WorkspaceRow(
            "w", "new", CreatedAt: 1, HeadSeq: 0, new byte[32], HeadAt: 1, Bytes: 0, IdempotencyCount: 0);
        Assert.Same(made, Of(new Part("a"), new Part("b") { Made = made }).NewWorkspace(now: 1));
        Assert.Null(Of(new Part("a")).NewWorkspace(now: 1));
    }

    static RunTransaction Of(params Operation[] parts) => new(parts) { Actor = s_actor };

    sealed class Part : Operation
    {
        readonly string _resource;

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Part(string resource)
        {
            Actor = s_actor;
            _resource = resource;
        }

        public Weight Cost { get; init; } = Weight.OneRow;

        public Contention? Overtaken { get; init; }

        public string[] Held { get; init; } = [];

        public WorkspaceRow? Made { get; init; }

        public override string Name => "test.part";

        public override string Resource => _resource;

        public override Weight Weight => Cost;

        public override Contention Contention => Overtaken ?? base.Contention;

        public override IReadOnlyList<string> Locks => Held;

        public override WorkspaceRow? NewWorkspace(long now) => Made;

        public override Decision Decide(UnitOfWork work) => new Effect(Answer: null);
    }
}
