using System.Runtime.CompilerServices;
using System.Text;

namespace Baton.JsonSchema.Checks;

/// <summary>An interpolated message that costs nothing while nobody collects.</summary>
[InterpolatedStringHandler]
internal readonly ref struct RefusalText
{
    readonly StringBuilder? _text;

    public RefusalText(int literalLength, int formattedCount, ViolationList? violations, out bool isWanted)
    {
        isWanted = violations is { IsFull: false };
        _text = isWanted ? new StringBuilder(literalLength + formattedCount * 16) : null;
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted(string? text) => _text!.Append(text);

    public void AppendFormatted<T>(T value) => _text!.Append(value);

    public override string ToString() => _text?.ToString() ?? "";
}
