namespace Baton.JsonSchema.Patterns;

/// <summary>The sets that ECMA-262 gives names of one letter.</summary>
internal static class EcmaClasses
{
    static readonly CodePointSet s_digit = CodePointSet.Of([('0', '9')]);
    static readonly CodePointSet s_word = CodePointSet.Of([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);

    /// <summary>WhiteSpace and LineTerminator.</summary>
    static readonly CodePointSet s_space = CodePointSet.Of(
    [
        (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
        (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
    ]);

    /// <summary>Everything but line terminators.</summary>
    public static CodePointSet Dot { get; } =
        CodePointSet.Of([('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)]).Complement();

    /// <summary>The set of \d, \w and the like; null for another letter.</summary>
    public static CodePointSet? Find(char letter) => letter switch
    {
        'd' => s_digit,
        'D' => s_digit.Complement(),
        'w' => s_word,
        'W' => s_word.Complement(),
        's' => s_space,
        'S' => s_space.Complement(),
        _ => null,
    };

    public static int? ControlOf(char letter) => letter switch
    {
        't' => '\t',
        'n' => '\n',
        'v' => '\v',
        'f' => '\f',
        'r' => '\r',
        _ => null,
    };
}
