using System.Text.RegularExpressions;
using Baton.Server.Platform.Http;
using Baton.ServerTests.Features.Discovery;
using Baton.ServerTests.Features.Events;
using Baton.ServerTests.Features.Keys;
using Baton.ServerTests.Features.Schemas;
using Baton.ServerTests.Features.Stashes;
using Baton.ServerTests.Features.Store.Claims;
using Baton.ServerTests.Features.Store.Records;
using Baton.ServerTests.Features.Streams;
using Baton.ServerTests.Features.Transactions;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http;

/// <summary>The tables are whole: every route has a good case, and a case for every error that it documents.</summary>
public sealed class ErrorCoverageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>These need a state that one request cannot make; tests of their own show them.</summary>
    static readonly string[] s_elsewhere =
    [
        "waiters.too_many", "storage.full", "storage.unavailable", "server.stopping", "stash.contended", "key.revokes_itself",
        "schema.contended", "schema.versions_full",
        "stream.too_many_consumers", "stream.contended",
        "store.contended", "store.answer_too_large", "server.overloaded",
        "store.index_building", "transaction.contended",
    ];

    static readonly Scenario[] s_all =
        [.. WriteScenarios.All, .. ReadScenarios.All, .. IdentityScenarios.All, .. FeedScenarios.All, .. JsonBodyScenarios.All,
            .. SchemaScenarios.All, .. BoundStashScenarios.All, .. PrivateSchemaScenarios.All, .. DiscoveryScenarios.All,
            .. StreamWriteScenarios.All, .. StreamReadScenarios.All, .. CursorScenarios.All, .. BoundStreamScenarios.All,
            .. StreamTransactionScenarios.All,
            .. RecordWriteScenarios.All, .. RecordReadScenarios.All, .. TransactionScenarios.All, .. ClaimScenarios.All];

    [Fact]
    public void Route_OfTheServer_HasACaseForEveryAnswer()
    {
        var missing = new List<string>();
        foreach (var route in fixture.Server.Routes)
        {
            var cases = s_all.Where(scenario => IsOf(route, scenario)).ToList();
            if (!cases.Any(scenario => scenario.Status < 300)) missing.Add($"{route.Spec.Action}: no good case");
            missing.AddRange(route.Spec.Errors.Select(error => error.Code).Except(s_elsewhere)
                .Where(code => !cases.Any(scenario => scenario.Code == code)).Select(code => $"{route.Spec.Action}: no {code}"));
            // Event streams apart, which a table cannot read.
            missing.AddRange(route.Spec.Answers.Where(answer => answer.ContentType != "text/event-stream")
                .Where(answer => !cases.Any(scenario => scenario.Status == answer.Status))
                .Select(answer => $"{route.Spec.Action}: no {answer.Status}"));
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public void Scenario_OfAnyTable_HasANameOfItsOwn() =>
        Assert.Equal(s_all.Length, s_all.Select(scenario => scenario.Name).Distinct().Count());

    static bool IsOf(Route route, Scenario scenario) =>
        scenario.Method == route.Method && Regex.IsMatch(scenario.Path, "^" + Regex.Replace(route.Path.Replace("/{key}", "/.+", StringComparison.Ordinal), @"\{\w+\}", "[^/]+") + "$");
}
