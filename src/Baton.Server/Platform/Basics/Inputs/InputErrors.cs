using Baton.Contracts.Errors;

namespace Baton.Server.Platform.Basics.Inputs;

/// <summary>Collects everything that is wrong with an input, so that the caller can mend it all at once.</summary>
internal sealed class InputErrors
{
    /// <summary>A caller who gets more than these is not helped more.</summary>
    const int MaxItems = 50;

    List<ProblemItem>? _items;

    public bool Any => _items is not null;

    /// <summary>The code of the whole failure: that of the first mistake.</summary>
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
