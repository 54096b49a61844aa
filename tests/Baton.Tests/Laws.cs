using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests;

/// <summary>Checks a law with many random cases; a failure tells the case and the seed.</summary>
internal static class Laws
{
    public static void Hold<T>(Gen<T> cases, Action<T> law, int count = 500) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true), Prop.ForAll(cases.ToArbitrary(), law));

    /// <summary>Texts of any valid Unicode, controls and characters beyond 16 bits among them.</summary>
    public static Gen<string> Text { get; } = Gen.Frequency(
            (6, Gen.Choose(0x20, 0x7E)), (2, Gen.Choose(0, 0x1F)), (2, Gen.Choose(0x80, 0xD7FF)), (1, Gen.Choose(0xE000, 0xFFFF)),
            (1, Gen.Choose(0x10000, 0x10FFFF)))
        .Select(code => new Rune(code).ToString())
        .ListOf().Select(string.Concat);

    public static Gen<string> TextOf(string alphabet) => Gen.Elements(alphabet.ToCharArray()).ListOf().Select(string.Concat);

    public static Gen<long> Long { get; } = Gen.OneOf(
        Gen.Choose(-10, 10).Select(value => (long)value),
        Gen.Elements(long.MinValue, long.MaxValue, (1L << 53) - 1, 1L << 53, 1_776_074_400_000_000),
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(pair => ((long)pair.Item1 << 32) ^ pair.Item2));

    public static Gen<byte[]> Bytes { get; } = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    public static Gen<T?> OrAbsent<T>(this Gen<T> values)
        where T : class => Gen.Frequency((1, Gen.Constant<T?>(null)), (3, values.Select(T? (value) => value)));
}
