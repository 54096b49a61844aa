using System.Buffers;

namespace Baton.JsonSchema.Documents;

/// <summary>
/// Arrays for the time of one validation: from the shared pool while they are of ordinary size, else from the heap, so
/// that one huge document does not leave its arrays in the pool.
/// </summary>
internal static class ScratchArrays<T>
{
    const int MaxPooledLength = 1 << 20;

    /// <summary>An array of at least this length, with anything in it.</summary>
    public static T[] Rent(int length) =>
        length <= MaxPooledLength ? ArrayPool<T>.Shared.Rent(length) : GC.AllocateUninitializedArray<T>(length);

    /// <summary>Each array once, by whoever rented it.</summary>
    public static void Return(T[] array)
    {
        if (array.Length <= MaxPooledLength) ArrayPool<T>.Shared.Return(array);
    }
}
