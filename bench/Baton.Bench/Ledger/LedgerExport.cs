using System.Buffers.Binary;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Baton.Contracts.Events;
using Baton.Contracts.Json;
using Baton.Contracts.Ledger;

namespace Baton.Bench.Ledger;

/// <summary>A file of ledger encodings, each after its length in 4 bytes big-endian.</summary>
internal static class LedgerExport
{
    const int PageSize = 1000;

    /// <summary>Reads the first entries from the feed and writes their encodings, whose hashes must be right.</summary>
    /// <returns>Bytes of all encodings together.</returns>
    public static async Task<long> WriteAsync(
        HttpClient client, int count, string path, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        var (written, bytes) = (0, 0L);
        while (written < count)
        {
            var page = await client.GetFromJsonAsync<EventPage>(
                $"/events?after={written}&limit={PageSize}", BatonJson.Options, cancellation);
            if (page is null || page.Items.Count == 0)
                throw new BenchException($"the ledger ended at {written} of {count} entries");
            foreach (var entry in page.Items.Take(count - written))
            {
                var encoding = Encode(entry);
                WriteOne(file, encoding);
                bytes += encoding.Length;
                written++;
            }
        }
        return bytes;
    }

    /// <summary>All encodings of a file.</summary>
    public static List<byte[]> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var encodings = new List<byte[]>();
        for (var place = 0; place < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(place));
            encodings.Add(bytes.AsSpan(place + 4, length).ToArray());
            place += 4 + length;
        }
        return encodings;
    }

    static void WriteOne(FileStream file, byte[] encoding)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, encoding.Length);
        file.Write(length);
        file.Write(encoding);
    }

    static byte[] Encode(LedgerEvent entry)
    {
        if (entry is not { WorkspaceId: { } workspace, At: { } at, Action: { } action, Resource: { } resource })
            throw new BenchException($"entry {entry.Seq} of the feed has not all its fields");
        var encoded = LedgerEncoding.Encode(
            new LedgerEntry
            {
                WorkspaceId = workspace,
                Seq = entry.Seq,
                CommitSeq = entry.CommitSeq,
                At = (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
                AgentId = entry.AgentId,
                KeyId = entry.KeyId,
                Action = action,
                Resource = resource,
                Version = entry.Version,
                Outcome = entry.Outcome!,
                Detail = entry.Detail is { } detail ? Encoding.UTF8.GetBytes(detail.GetRawText()) : null,
                Commitment = entry.Commitment is { } digest ? Convert.FromHexString(digest) : null,
                TraceId = entry.TraceId,
            },
            Convert.FromHexString(entry.PrevHash));
        return Convert.ToHexStringLower(SHA256.HashData(encoded)) == entry.Hash
            ? encoded
            : throw new BenchException($"entry {entry.Seq}: the encoding made from the feed has not the entry's hash");
    }
}
