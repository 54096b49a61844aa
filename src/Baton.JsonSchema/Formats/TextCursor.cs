namespace Baton.JsonSchema.Formats;

/// <summary>Reads ASCII grammars from the front of a text.</summary>
internal ref struct TextCursor(ReadOnlySpan<byte> text)
{
    public ReadOnlySpan<byte> Rest { get; private set; } = text;

    public readonly bool IsAtEnd => Rest.IsEmpty;

    /// <summary>Takes one character. False if another one comes next, or none.</summary>
    public bool Take(char wanted) => Take(wanted, wanted);

    public bool Take(char wanted, char orElse)
    {
        if (Rest.IsEmpty || (Rest[0] != wanted && Rest[0] != orElse)) return false;
        Rest = Rest[1..];
        return true;
    }

    /// <summary>Takes exactly so many digits; false if they are not there or make more than the maximum.</summary>
    public bool TakeNumber(int digits, int max, out int number)
    {
        number = 0;
        if (Rest.Length < digits) return false;
        foreach (var unit in Rest[..digits])
        {
            if (!char.IsAsciiDigit((char)unit)) return false;
            number = number * 10 + (unit - '0');
        }

        Rest = Rest[digits..];
        return number <= max;
    }

    /// <summary>Takes all digits that are next.</summary>
    /// <returns>How many there were.</returns>
    public int TakeDigits()
    {
        var count = Rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (count < 0) count = Rest.Length;
        Rest = Rest[count..];
        return count;
    }
}
