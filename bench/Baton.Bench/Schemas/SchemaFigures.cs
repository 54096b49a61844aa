using Baton.Bench.Load;
using Baton.Bench.Reports;

namespace Baton.Bench.Schemas;

/// <summary>One document; microseconds for one validation, each round.</summary>
internal sealed record DocumentFigures
{
    public required string Title { get; init; }

    public required int Bytes { get; init; }

    /// <summary>From bytes to a verdict.</summary>
    public required IReadOnlyList<double> BatonMicros { get; init; }

    /// <summary>From bytes to a verdict: decoding, JSON.parse, Ajv.</summary>
    public required IReadOnlyList<double> AjvParseMicros { get; init; }

    /// <summary>From objects to a verdict.</summary>
    public required IReadOnlyList<double> AjvObjectMicros { get; init; }

    /// <summary>What Baton allocates for one validation.</summary>
    public required double AllocatedBytes { get; init; }

    public double Baton => Median.Of(BatonMicros);

    public double AjvParse => Median.Of(AjvParseMicros);

    /// <summary>Megabytes of a million bytes.</summary>
    public double MegabytesPerSecond(double micros) => Bytes / micros;

    public IEnumerable<string> Lines() =>
    [
        Line("Baton, from bytes", BatonMicros),
        Line("JSON.parse and Ajv, from bytes", AjvParseMicros),
        Line("Ajv alone, from objects", AjvObjectMicros),
        $"{Title}: Baton allocates {SuiteReport.Short(AllocatedBytes)} bytes for one validation.",
    ];

    string Line(string subject, IReadOnlyList<double> micros)
    {
        var median = Median.Of(micros);
        return $"{Title}, {Bytes} bytes, {subject}: **{SuiteReport.Short(median)} µs** "
            + $"({SuiteReport.Short(MegabytesPerSecond(median))} MB/s, {SuiteReport.Short(median / Baton)} of Baton's time; "
            + $"each round: {SuiteReport.Each(micros)}).";
    }
}
