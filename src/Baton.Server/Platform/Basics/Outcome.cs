namespace Baton.Server.Platform.Basics;

/// <summary>A value, or an expected failure.</summary>
internal readonly struct Outcome<T>
    where T : notnull
{
    Outcome(T? value, Failure? failure)
    {
        Value = value;
        Failure = failure;
    }

    /// <summary>The value; default when there is a failure.</summary>
    public T? Value { get; }

    /// <summary>The failure; null on success.</summary>
    public Failure? Failure { get; }

    public static implicit operator Outcome<T>(T value) => new(value, failure: null);

    public static Outcome<T> Of(T value) => new(value, failure: null);

    public static implicit operator Outcome<T>(Failure failure) => new(default, failure);
}

/// <summary>Makes outcomes of interface types, which have no implicit conversion.</summary>
internal static class Outcome
{
    public static Outcome<T> Of<T>(T value)
        where T : notnull => Outcome<T>.Of(value);
}
