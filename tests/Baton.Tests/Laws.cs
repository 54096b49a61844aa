using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Baton.Tests;

/// <summary>Checks a law with many random cases; a failure tells the case and the seed.</summary>
internal static class Laws
{
    public static void Hold<T>(Gen<T> cases, Action<T> law, int count = 500) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true), Prop.ForAll(cases.ToArbitrary(), law));

    /// <summary>
    /// Checks a law with random sequences of steps. A failure tells the shortest sequence that was found to fail, and a
    /// seed, as in `(1, 2)`: `BATON_TEST_SEED=1,2` begins with it again.
    /// </summary>
    public static void HoldFor<TStep>(
        Gen<TStep> steps, Action<IReadOnlyList<TStep>> law, int count = 200, int maxLength = 50)
    {
        var lists = Gen.Choose(1, maxLength).SelectMany(length => steps.ListOf(length))
            .Select(list => new Sequence<TStep>([.. list]));
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true).WithReplay(Replayed()),
            Prop.ForAll(Arb.From(lists, sequence => sequence.Shorter()), sequence => law(sequence.Steps)));
    }

    static FSharpOption<Replay>? Replayed() =>
        Environment.GetEnvironmentVariable("BATON_TEST_SEED")?.Split(',') is [var seed, var gamma]
            ? FSharpOption<Replay>.Some(new Replay(
                new Rnd(
                    ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture)),
                FSharpOption<int>.None))
            : null;

    /// <summary>A sequence of steps, which a failure shows one a line.</summary>
    sealed class Sequence<TStep>(List<TStep> steps)
    {
        public IReadOnlyList<TStep> Steps => steps;

        public override string ToString() => "\n" + string.Join("\n", steps);

        /// <summary>Without half of the steps, without a quarter, and so on, wherever those are.</summary>
        public IEnumerable<Sequence<TStep>> Shorter()
        {
            for (var size = (steps.Count + 1) / 2; size > 0; size /= 2)
            {
                for (var start = 0; start < steps.Count && size < steps.Count; start += size)
                    yield return new Sequence<TStep>([.. steps.Take(start), .. steps.Skip(start + size)]);
            }
        }
    }

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
