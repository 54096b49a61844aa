using Baton.Contracts.Errors;

namespace Baton.Server.Platform.Basics;

/// <summary>An expected failure: a code of the catalogue and what is special this time.</summary>
/// <param name="Code">The row of the catalogue.</param>
/// <param name="Detail">What happened, naming the offending value and the limit; never a secret, SQL or a path.</param>
internal sealed record Failure(ErrorCode Code, string? Detail = null)
{
    /// <summary>For errors of input: every place that is wrong.</summary>
    public IReadOnlyList<ProblemItem>? Errors { get; init; }

    /// <summary>In a transaction: the place of the operation that failed, from 0.</summary>
    public int? Operation { get; init; }

    /// <summary>Of a refusal: what was refused to which thing, if it was not the request as a whole.</summary>
    public (string Action, string Resource)? Refused { get; init; }

    /// <summary>With `version.mismatch`: the version now, 0 when absent.</summary>
    public long? CurrentVersion { get; init; }

    /// <summary>With `cursor.ahead`: the newest commit, or the newest entry.</summary>
    public long? Head { get; init; }

    /// <summary>With `stream.cursor_pruned`: the oldest entry that is still there.</summary>
    public long? FirstEntry { get; init; }

    /// <summary>Seconds, for the header `Retry-After`.</summary>
    public int? RetryAfterSeconds { get; init; }
}

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

/// <summary>Collects everything that is wrong with an input, so that the caller can mend it all at once.</summary>
internal sealed class InputErrors
{
    /// <summary>More would not help anybody.</summary>
    const int MaxItems = 50;

    List<ProblemItem>? _items;

    public bool Any => _items is not null;

    /// <summary>The code of the whole; the first unusual one wins.</summary>
    public ErrorCode Code { get; private set; } = ErrorCodes.RequestInvalid;

    public void Add(string pointer, string message) => Add(ErrorCodes.RequestInvalid, pointer, message);

    public void Add(ErrorCode code, string pointer, string message)
    {
        if (_items is null) Code = code;
        _items ??= [];
        if (_items.Count < MaxItems) _items.Add(new ProblemItem(pointer, message));
    }

    /// <summary>Takes over what is wrong with a part of the input.</summary>
    /// <param name="part">An error of input.</param>
    /// <param name="placeOf">From a place in the part to one in the whole.</param>
    public void AddAll(Failure part, Func<string, string> placeOf)
    {
        foreach (var item in part.Errors ?? []) Add(part.Code, placeOf(item.Pointer), item.Message);
    }

    public Failure ToFailure() => new(Code, _items![0].Message) { Errors = _items };
}

/// <summary>Makes outcomes of interface types, which have no implicit conversion.</summary>
internal static class Outcome
{
    public static Outcome<T> Of<T>(T value)
        where T : notnull => Outcome<T>.Of(value);
}
