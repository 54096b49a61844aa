using System.Diagnostics;
using Baton.JsonSchema;

namespace Baton.Bench.Schemas;

/// <summary>Baton and Ajv validate one document in turns.</summary>
internal sealed class ValidationRounds(CompiledSchema schema, AjvPeer ajv, BenchPlan plan, TextWriter progress)
{
    public async Task<DocumentFigures> RunAsync(
        string title, byte[] document, int number, CancellationToken cancellation)
    {
        Func<int, Task<TimeSpan>>[] subjects =
        [
            count => Task.FromResult(Validate(document, count)),
            count => ajv.RunAsync("parse", number, count, cancellation),
            count => ajv.RunAsync("object", number, count, cancellation),
        ];
        var counts = new List<int>();
        foreach (var subject in subjects) counts.Add(await WarmUpAsync(subject));
        var micros = subjects.Select(_ => new List<double>()).ToArray();
        for (var round = 1; round <= plan.ValidationRoundCount; round++)
        {
            await progress.WriteLineAsync($"{title}, round {round} of {plan.ValidationRoundCount}");
            foreach (var (index, subject) in subjects.Index())
            {
                cancellation.ThrowIfCancellationRequested();
                micros[index].Add((await subject(counts[index])).TotalMicroseconds / counts[index]);
            }
        }

        return new DocumentFigures
        {
            Title = title,
            Bytes = document.Length,
            BatonMicros = micros[0],
            AjvParseMicros = micros[1],
            AjvObjectMicros = micros[2],
            AllocatedBytes = AllocatedBytes(document),
        };
    }

    /// <returns>How many validations take about a round's time, once everything is compiled.</returns>
    async Task<int> WarmUpAsync(Func<int, Task<TimeSpan>> subject)
    {
        var (count, spent) = (1, TimeSpan.Zero);
        while (true)
        {
            var elapsed = await subject(count);
            spent += elapsed;
            var perRound = (int)Math.Max(1, count * (plan.ValidationRoundTime / elapsed));
            if (spent > plan.ValidationWarmUpTime) return perRound;
            count = Math.Min(count * 4, perRound);
        }
    }

    TimeSpan Validate(byte[] document, int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var index = 0; index < count; index++)
        {
            if (schema.Validate(document).Count > 0) throw new BenchException("Baton refused a valid document");
        }

        return Stopwatch.GetElapsedTime(start);
    }

    double AllocatedBytes(byte[] document)
    {
        const int count = 100;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Validate(document, count);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)count;
    }
}
