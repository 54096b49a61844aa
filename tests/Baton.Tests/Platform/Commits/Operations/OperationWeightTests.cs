using System.Reflection;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Tests.Platform.Commits.Operations;

/// <summary>What an operation does to many rows weighs as much, so that a batch stays short.</summary>
public sealed class OperationWeightTests
{
    [Fact]
    public void Operation_ThatGoesInSteps_WeighsItsStep()
    {
        var inSteps = typeof(Operation).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Operation)))
            .Where(type => type.GetField("StepCount", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public) is not null)
            .ToList();
        Assert.True(inSteps.Count >= 5, string.Join(", ", inSteps));
        Assert.All(inSteps, type => Assert.Equal(type, type.GetProperty(nameof(Operation.Weight))!.DeclaringType));
    }
}
