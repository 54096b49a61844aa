using System.Globalization;
using System.Text;
using System.Text.Json;
using Baton.Contracts.Ledger;
using Baton.Tests.Tidy;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Contracts.Ledger;

public sealed class LedgerEncodingTests
{
    static readonly Gen<LedgerEntry> s_entries =
        from texts in Laws.Text.ArrayOf(4)
        from optional in Laws.Text.OrAbsent().ArrayOf(3)
        from numbers in Laws.Long.ArrayOf(4)
        from hasVersion in Gen.Elements(true, false)
        from detail in Laws.Bytes.OrAbsent()
        from commitment in Laws.Bytes.OrAbsent()
        select new LedgerEntry
        {
            WorkspaceId = texts[0],
            Seq = numbers[0],
            CommitSeq = numbers[1],
            At = numbers[2],
            AgentId = optional[0],
            KeyId = optional[1],
            Action = texts[1],
            Resource = texts[2],
            Version = hasVersion ? numbers[3] : null,
            Outcome = texts[3],
            Detail = detail,
            Commitment = commitment,
            TraceId = optional[2],
        };

    public static TheoryData<string> VectorNames => [.. Vectors().Select(vector => vector.GetProperty("name").GetString()!)];

    [Theory, MemberData(nameof(VectorNames))]
    public void Encode_OfAVector_GivesItsBytesAndItsHash(string name)
    {
        var vector = Vectors().Single(vector => vector.GetProperty("name").GetString() == name);
        var previous = Convert.FromHexString(vector.GetProperty("prev_hash").GetString()!);
        var entry = Read(vector.GetProperty("entry"));
        var body = LedgerEncoding.EncodeBody(entry);
        Assert.Equal(vector.GetProperty("encoding").GetString(), Convert.ToHexStringLower(LedgerEncoding.Encode(entry, previous)));
        Assert.Equal(vector.GetProperty("hash").GetString(), Convert.ToHexStringLower(LedgerEncoding.Hash(body, previous)));
        Assert.True(LedgerEncoding.TryDecodeBody(body, out var decoded));
        Assert.Equal(LedgerEncoding.EncodeBody(decoded!), body);
    }

    [Fact]
    public void Vectors_OneAfterTheOther_AreAChain()
    {
        var previous = Convert.ToHexStringLower(LedgerEncoding.Genesis);
        foreach (var vector in Vectors())
        {
            Assert.Equal(previous, vector.GetProperty("prev_hash").GetString());
            previous = vector.GetProperty("hash").GetString()!;
        }
    }

    [Fact]
    public void Decode_OfAnEncodedEntry_GivesTheEntry() => Laws.Hold(s_entries, entry =>
    {
        var body = LedgerEncoding.EncodeBody(entry);
        Assert.True(LedgerEncoding.TryDecodeBody(body, out var decoded));
        Assert.Equal(entry.Detail, decoded!.Detail);
        Assert.Equal(entry.Commitment, decoded.Commitment);
        Assert.Equal(entry with { Detail = null, Commitment = null }, decoded with { Detail = null, Commitment = null });
        Assert.True(LedgerEncoding.TryReadPlace(body, out var workspaceId, out var seq, out var commitSeq));
        Assert.Equal((entry.WorkspaceId, entry.Seq, entry.CommitSeq), (Encoding.UTF8.GetString(workspaceId), seq, commitSeq));
    });

    [Fact]
    public void Decode_OfACutOrChangedEntry_NeverGivesTheEntry() => Laws.Hold(
        from entry in s_entries
        from place in Gen.Choose(0, int.MaxValue)
        from flip in Gen.Choose(1, 255)
        select (entry, place, flip), item =>
    {
        var body = LedgerEncoding.EncodeBody(item.entry);
        Assert.False(LedgerEncoding.TryDecodeBody(body.AsSpan(0, item.place % body.Length), out _));
        Assert.False(LedgerEncoding.TryDecodeBody([.. body, 0], out _));
        body[item.place % body.Length] ^= (byte)item.flip;
        var hash = LedgerEncoding.Hash(body, LedgerEncoding.Genesis);
        Assert.NotEqual(LedgerEncoding.Hash(LedgerEncoding.EncodeBody(item.entry), LedgerEncoding.Genesis), hash);
        LedgerEncoding.TryDecodeBody(body, out _);
        LedgerEncoding.TryReadPlace(body, out _, out _, out _);
    });

    [Fact]
    public void Hash_OfABodyOverTwoKilobytes_IsTheSameFunction()
    {
        foreach (var size in new[] { 0, 1, 2011, 2012, 2013, 100_000 })
        {
            var body = new byte[size];
            Assert.Equal(
                System.Security.Cryptography.SHA256.HashData(LedgerEncoding.Encode(body, LedgerEncoding.Genesis)),
                LedgerEncoding.Hash(body, LedgerEncoding.Genesis));
        }
    }

    static List<JsonElement> Vectors() =>
        [.. JsonElement.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tests/conformance/ledger/entries.json"))).EnumerateArray()];

    static LedgerEntry Read(JsonElement fields) => new()
    {
        WorkspaceId = Text("workspace_id", fields)!,
        Seq = Integer("seq", fields)!.Value,
        CommitSeq = Integer("commit_seq", fields)!.Value,
        At = Integer("at", fields)!.Value,
        AgentId = Text("agent_id", fields),
        KeyId = Text("key_id", fields),
        Action = Text("action", fields)!,
        Resource = Text("resource", fields)!,
        Version = Integer("version", fields),
        Outcome = Text("outcome", fields)!,
        Detail = Text("detail", fields) is { } detail ? Encoding.UTF8.GetBytes(detail) : null,
        Commitment = Text("commitment", fields) is { } commitment ? Convert.FromHexString(commitment) : null,
        TraceId = Text("trace_id", fields),
    };

    static string? Text(string name, JsonElement fields) => fields.GetProperty(name).GetString();

    static long? Integer(string name, JsonElement fields) =>
        Text(name, fields) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
