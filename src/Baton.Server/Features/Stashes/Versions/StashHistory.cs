namespace Baton.Server.Features.Stashes.Versions;

/// <summary>
/// The versions of one stash whose rows may still exist, newest first: the kept ones, and behind them some that are no
/// longer kept and not erased yet. The entry at index i is version (newest - i).
/// </summary>
internal static class StashHistory
{
    /// <summary>
    /// The most entries behind the kept ones. If the row of an entry still exists when the entry leaves, it is erased
    /// at once.
    /// </summary>
    public const int TailCount = 16;

    /// <summary>
    /// Encodes the history as it is stored: for each entry 2 × (the seq of the newest, or the difference to the entry
    /// before it) + GoesAtOnce, as LEB128.
    /// </summary>
    public static byte[] Encode(IReadOnlyList<HistoryEntry> entries)
    {
        var bytes = new byte[entries.Count * 10];
        var length = 0;
        for (var index = 0; index < entries.Count; index++)
        {
            var distance = index == 0 ? entries[0].Seq : entries[index - 1].Seq - entries[index].Seq;
            var value = ((ulong)distance << 1) | (entries[index].GoesAtOnce ? 1UL : 0UL);
            for (; value >= 0x80; value >>= 7) bytes[length++] = (byte)(value | 0x80);
            bytes[length++] = (byte)value;
        }

        return bytes[..length];
    }

    public static List<HistoryEntry> Decode(ReadOnlySpan<byte> bytes)
    {
        var entries = new List<HistoryEntry>();
        while (!bytes.IsEmpty)
        {
            var (value, shift, read) = (0UL, 0, 0);
            byte next;
            do
            {
                next = bytes[read++];
                value |= (ulong)(next & 0x7F) << shift;
                shift += 7;
            }
            while (next >= 0x80);

            bytes = bytes[read..];
            var distance = (long)(value >> 1);
            entries.Add(new HistoryEntry(entries.Count == 0 ? distance : entries[^1].Seq - distance, (value & 1) != 0));
        }

        return entries;
    }
}
