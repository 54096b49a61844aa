namespace Baton.ServerTests.Soak.Linearizability;

/// <summary>The checker finds what it is there for, and nothing else.</summary>
public sealed class RegisterCheckerTests
{
    [Fact]
    public void History_OneAfterTheOther_IsLinearizable() => Assert.Null(Explain(
        Write(0, 1, at: null, 1, "a"), Read(2, 3, 1, "a"), Write(4, 5, at: 1, 2, "b"), Read(6, 7, 2, "b"), Mismatch(8, 9, at: 1, 2)));

    [Fact]
    public void History_Overlapping_MayTakeAnyOrder() => Assert.Null(Explain(
        Write(0, 10, at: 0, 1, "a"), Read(1, 9, 0, value: null), Read(2, 8, 1, "a"), Mismatch(3, 7, at: 0, 1)));

    [Fact]
    public void Read_OfWhatWasOverwrittenBefore_IsStale() => Assert.NotNull(Explain(
        Write(0, 1, at: null, 1, "a"), Write(2, 3, at: null, 2, "b"), Read(4, 5, 1, "a")));

    [Fact]
    public void Read_OlderThanAnEarlierRead_IsStale() => Assert.NotNull(Explain(
        // The write is still under way: either may be read, but not the new one first.
        Write(0, 100, at: null, 1, "a"), Read(1, 2, 1, "a"), Read(3, 4, 0, value: null)));

    [Fact]
    public void Write_ThatOthersOverwroteUnseen_IsALostUpdate() => Assert.NotNull(Explain(
        // Both were told that they wrote over version 1.
        Write(0, 1, at: 0, 1, "0"), Write(2, 5, at: 1, 2, "a"), Write(3, 6, at: 1, 2, "b"), Read(7, 8, 2, "b")));

    [Fact]
    public void Write_Acknowledged_MustBeRead() => Assert.NotNull(Explain(Write(0, 1, at: 0, 1, "a"), Read(2, 3, 0, value: null)));

    [Fact]
    public void Mismatch_AtTheVersionThatIsThere_IsWrong() => Assert.NotNull(Explain(Write(0, 1, at: 0, 1, "a"), Mismatch(2, 3, at: 1, 1)));

    [Theory]
    [InlineData(1, "a")]
    [InlineData(0, null)]
    public void Write_Unanswered_MayHaveBeenDoneOrNot(long version, string? value) => Assert.Null(Explain(Unknown(0, at: 0, "a"), Read(2, 3, version, value)));

    [Fact]
    public void Write_Unanswered_MayBeDoneLater() => Assert.Null(Explain(
        Unknown(0, at: 0, "a"), Read(2, 3, 0, value: null), Read(4, 5, 1, "a"), Write(6, 7, at: 1, 2, "b")));

    [Fact]
    public void Write_Unanswered_IsDoneOnce() => Assert.NotNull(Explain(
        Unknown(0, at: null, "a"), Read(2, 3, 1, "a"), Write(4, 5, at: 1, 2, "b"), Read(6, 7, 3, "a"), Read(8, 9, 4, "a")));

    [Fact]
    public void History_OfARegisterThatIsRight_IsLinearizableWhateverTheOverlap()
    {
        for (var seed = 0; seed < 50; seed++) Assert.Null(RegisterChecker.Explain(Simulate(seed, staleAt: null), default));
    }

    [Fact]
    public void History_WithOneStaleRead_IsFound()
    {
        for (var seed = 0; seed < 50; seed++) Assert.NotNull(RegisterChecker.Explain(Simulate(seed, staleAt: 150), default));
    }

    /// <summary>
    /// Three hundred operations of eight clients, each done at a moment of its own between sent and answered; one read may be
    /// answered from the past.
    /// </summary>
    static List<RegisterOperation> Simulate(int seed, int? staleAt)
    {
        var random = new Random(seed);
        var (state, past) = (default(RegisterState), default(RegisterState));
        var history = new List<RegisterOperation>();
        for (var number = 0; number < 300; number++)
        {
            var moment = number * 10L;
            var (sent, answered) = (moment - random.Next(1, 30), moment + random.Next(1, 30));
            if (number == staleAt)
            {
                // Two writes ago, and both were answered before it was sent.
                history.Add(new(Client: 9, moment + 100, moment + 101, RegisterAction.Read, Expected: null, past.Version, past.Value));
                continue;
            }

            if (random.Next(2) == 0)
            {
                history.Add(new(number % 8, sent, answered, RegisterAction.Read, Expected: null, state.Version, state.Value));
                continue;
            }

            var expected = random.Next(3) == 0 ? state.Version - 1 : state.Version;
            if (expected != state.Version)
            {
                history.Add(new(number % 8, sent, answered, RegisterAction.Mismatch, expected, state.Version, Value: null));
                continue;
            }

            past = staleAt is null || number < staleAt - 20 ? state : past;
            state = new RegisterState(state.Version + 1, $"{number}");
            history.Add(new(number % 8, sent, answered, RegisterAction.Write, expected, state.Version, state.Value));
        }

        return history;
    }

    static string? Explain(params RegisterOperation[] history) => RegisterChecker.Explain(history, default);

    static RegisterOperation Read(long sent, long answered, long version, string? value) =>
        new(Client: 0, sent, answered, RegisterAction.Read, Expected: null, version, value);

    static RegisterOperation Write(long sent, long answered, long? at, long version, string value) =>
        new(Client: 0, sent, answered, RegisterAction.Write, at, version, value);

    static RegisterOperation Mismatch(long sent, long answered, long at, long version) =>
        new(Client: 0, sent, answered, RegisterAction.Mismatch, at, version, Value: null);

    static RegisterOperation Unknown(long sent, long? at, string value) =>
        new(Client: 0, sent, long.MaxValue, RegisterAction.UnknownWrite, at, Version: 0, value);
}
