using System.Collections;

namespace Baton.ServerTests.Soak.Linearizability;

/// <summary>
/// Tells whether a history of one key is linearizable: whether its operations can be put into one order in which each
/// takes its place between being sent and being answered, and each answer is right. The search of Wing and Gong, with
/// Lowe's memory of what was tried: a set of operations that are done and the state after them is looked at once.
/// </summary>
internal static class RegisterChecker
{
    /// <summary>Null for a history that is; else what could not be put into any order.</summary>
    public static string? Explain(IReadOnlyList<RegisterOperation> history, RegisterState start)
    {
        var first = Link(history);
        var done = new BitArray(history.Count);
        var tried = new HashSet<(string Done, RegisterState State)>();
        var path = new Stack<(Entry Call, RegisterState Before)>();
        var (state, entry, furthest) = (start, first.Next, 0);
        while (first.Next is not null)
        {
            if (entry is { IsCall: true })
            {
                var operation = history[entry.Index];
                if (operation.After(state) is { } next && tried.Add((KeyOf(done, entry.Index), next)))
                {
                    path.Push((entry, state));
                    state = next;
                    done[entry.Index] = true;
                    entry.Lift();
                    entry = first.Next;
                    furthest = Math.Max(furthest, path.Count);
                }
                else
                {
                    entry = entry.Next;
                }

                continue;
            }

            // An answer that comes before its operation has found a place: the last choice was wrong.
            if (!path.TryPop(out var last)) return Describe(history, furthest);
            state = last.Before;
            done[last.Call.Index] = false;
            last.Call.Unlift();
            entry = last.Call.Next;
        }

        return null;
    }

    /// <summary>Calls and answers in the order of time, as a list from which operations can be lifted and put back.</summary>
    static Entry Link(IReadOnlyList<RegisterOperation> history)
    {
        var events = new List<(long Time, bool IsCall, int Index)>();
        for (var index = 0; index < history.Count; index++)
        {
            events.Add((history[index].Sent, true, index));
            events.Add((history[index].Answered, false, index));
        }

        // At the same moment calls come first: then the two overlap, and nothing is claimed that was not seen.
        events.Sort((a, b) => (a.Time, !a.IsCall, a.Index).CompareTo((b.Time, !b.IsCall, b.Index)));
        var head = new Entry(Index: -1, IsCall: false);
        var calls = new Entry[history.Count];
        var last = head;
        foreach (var (_, isCall, index) in events)
        {
            var entry = new Entry(index, isCall) { Previous = last };
            if (isCall) calls[index] = entry;
            else calls[index].Answer = entry;
            last.Next = entry;
            last = entry;
        }

        return head;
    }

    static string KeyOf(BitArray done, int more)
    {
        var bytes = new byte[(done.Count + 7) / 8];
        done.CopyTo(bytes, 0);
        bytes[more / 8] |= (byte)(1 << (more % 8));
        return Convert.ToBase64String(bytes);
    }

    static string Describe(IReadOnlyList<RegisterOperation> history, int furthest)
    {
        var around = history.OrderBy(operation => operation.Sent).Skip(Math.Max(0, furthest - 3)).Take(8);
        return $"Only {furthest} of {history.Count} operations can be put into an order. Around there:\n" + string.Join('\n', around);
    }

    sealed record Entry(int Index, bool IsCall)
    {
        public Entry? Previous { get; set; }

        public Entry? Next { get; set; }

        public Entry? Answer { get; set; }

        /// <summary>Takes a call and its answer out of the list.</summary>
        public void Lift()
        {
            Previous!.Next = Next;
            if (Next is not null) Next.Previous = Previous;
            Answer!.Previous!.Next = Answer.Next;
            if (Answer.Next is not null) Answer.Next.Previous = Answer.Previous;
        }

        /// <summary>Puts them back where they were.</summary>
        public void Unlift()
        {
            Answer!.Previous!.Next = Answer;
            if (Answer.Next is not null) Answer.Next.Previous = Answer;
            Previous!.Next = this;
            if (Next is not null) Next.Previous = this;
        }
    }
}
