using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>
/// Tells the callers of a batch what came of it, on the thread pool: a few work items for all of them, because waking
/// a thread for each costs more than what it then does.
/// </summary>
internal sealed class Completion(Submission[] submissions) : IThreadPoolWorkItem
{
    static readonly int s_parts = Environment.ProcessorCount;

    public void Execute()
    {
        foreach (var submission in submissions) submission.Complete();
    }

    public static void Queue(List<Submission> batch)
    {
        var size = (batch.Count + s_parts - 1) / s_parts;
        for (var start = 0; start < batch.Count; start += size)
        {
            var part = batch.GetRange(start, Math.Min(size, batch.Count - start));
            ThreadPool.UnsafeQueueUserWorkItem(new Completion([.. part]), preferLocal: false);
        }
    }

    /// <summary>As <see cref="Queue"/>, with the same failure for all.</summary>
    public static void QueueFailure(List<Submission> batch, Failure failure)
    {
        foreach (var submission in batch) submission.Decision = failure;
        Queue(batch);
    }
}
