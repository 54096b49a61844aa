using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Ledger;

/// <summary>Whoever changes the database of a closed server is found out: the first broken entry is named.</summary>
public sealed class TamperTests : IClassFixture<TamperTests.Original>, IDisposable
{
    // More than the hundred entries that a start looks at, so that the server starts on the damage before them.
    const int Entries = 160;
    const int Middle = 40;

    readonly string _directory = Directory.CreateTempSubdirectory("baton-test-").FullName;

    public TamperTests(Original original) => Backend.Copy(original.Path, _directory);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
        Backend.Drop(_directory);
    }

    [Fact]
    public async Task Ledger_Untouched_IsIntactAndCanBeRebuiltByAClient()
    {
        await using var server = await TestServer.StartAsync(directory: _directory);
        var found = await server.Admin.AskAsync("GET /ledger/verify");
        Assert.True(found.GetProperty("intact").GetBoolean());
        Assert.Equal(Entries, found.GetProperty("checked").GetInt64());
        var page = await server.Admin.AskAsync("GET /events?limit=1000");
        var previous = new byte[32];
        foreach (var entry in page.GetProperty("items").EnumerateArray())
        {
            Assert.Equal(Convert.ToHexStringLower(previous), entry.GetProperty("prev_hash").GetString());
            previous = SHA256.HashData(Encode(entry, previous));
            Assert.Equal(Convert.ToHexStringLower(previous), entry.GetProperty("hash").GetString());
        }

        var expected = $"GET /ledger/verify?expect_seq={Entries}&expect_hash={Convert.ToHexStringLower(previous)}";
        Assert.True((await server.Admin.AskAsync(expected)).GetProperty("intact").GetBoolean());
    }

    /// <summary>A byte of every column, at several places of it, and whole rows.</summary>
    public static TheoryData<string, long> Damages => new()
    {
        { Flip("entry", at: 1), Middle },
        { Flip("entry", at: 6), Middle },
        { Flip("entry", at: 25), Middle },
        { Flip("entry", at: 60), Middle },
        { Flip("entry", at: 75), Middle },
        { Flip("entry", at: 90), Middle },
        { Flip("entry", at: 120), Middle },
        { "UPDATE ledger SET entry = substr(entry, 1, length(entry) - 1) || x'00' WHERE seq = 40", Middle },
        { "UPDATE ledger SET entry = entry || x'00' WHERE seq = 40", Middle },
        { "UPDATE ledger SET entry = x'' WHERE seq = 40", Middle },
        { "UPDATE ledger SET entry = 'text' WHERE seq = 40", Middle },
        { "UPDATE ledger SET entry = (SELECT entry FROM ledger WHERE seq = 41) WHERE seq = 40", Middle },
        { Flip("hash", at: 1), Middle },
        { Flip("hash", at: 16), Middle },
        { Flip("hash", at: 32), Middle },
        { "UPDATE ledger SET hash = x'' WHERE seq = 40", Middle },
        { "UPDATE ledger SET seq = -40 WHERE seq = 40", Middle },
        { "UPDATE ledger SET workspace_id = 'ws_other' WHERE seq = 40", Middle },
        { "DELETE FROM ledger WHERE seq = 40", Middle },
        { "DELETE FROM ledger WHERE seq BETWEEN 40 AND 45", Middle },
        { "DELETE FROM ledger WHERE seq = 1", 1 },
        {
            "UPDATE ledger SET seq = -1 WHERE seq = 40; UPDATE ledger SET seq = 40 WHERE seq = 41; "
            + "UPDATE ledger SET seq = 41 WHERE seq = -1", Middle
        },
    };

    [Theory, MemberData(nameof(Damages))]
    public async Task Damage_InTheMiddle_IsNamedByItsFirstEntry(string damage, long seq)
    {
        Damage(damage);
        await using var server = await TestServer.StartAsync(directory: _directory);
        var found = await server.Admin.AskAsync("GET /ledger/verify");
        Assert.False(found.GetProperty("intact").GetBoolean());
        Assert.Equal(seq, found.GetProperty("broken")[0].GetProperty("seq").GetInt64());
        // A check of the part before it finds nothing.
        if (seq > 1)
            Assert.True((await server.Admin.AskAsync($"GET /ledger/verify?to={seq - 1}")).GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Damage_ToAllHashesFromAnEntryOn_IsFoundByTheHeadOnceKept()
    {
        string kept;
        await using (var server = await TestServer.StartAsync(directory: _directory))
            kept = (await server.Admin.AskAsync("GET /ledger/head")).GetProperty("hash").GetString()!;
        RewriteFrom(Middle);
        await using (var server = await TestServer.StartAsync(directory: _directory))
        {
            Assert.True((await server.Admin.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
            var found = await server.Admin.AskAsync($"GET /ledger/verify?expect_seq={Entries}&expect_hash={kept}");
            Assert.False(found.GetProperty("intact").GetBoolean());
            Assert.Equal("unexpected_head", found.GetProperty("broken")[0].GetProperty("reason").GetString());
        }
    }

    [Theory]
    [InlineData("DELETE FROM ledger WHERE seq = 160", 160)]
    [InlineData("DELETE FROM ledger WHERE seq > 150", 151)]
    [InlineData("UPDATE workspace SET head_hash = zeroblob(32)", 160)]
    [InlineData("UPDATE workspace SET head_seq = 159", 159)]
    [InlineData("UPDATE ledger SET hash = zeroblob(32) WHERE seq = 100", 100)]
    [InlineData("UPDATE ledger SET seq = 100000 WHERE seq = 40", 161)]
    public async Task Damage_AtTheEnd_IsFoundAtStartAndKeepsTheWorkspaceApart(string damage, long seq)
    {
        Damage(damage);
        await using var server = await TestServer.StartAsync(directory: _directory);
        using var refused = await server.Admin.SendAsync("GET /stashes");
        await Problems.CheckAsync(refused, "workspace.damaged");
        Assert.Contains(
            $"at seq {seq} ", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    static string Flip(string column, int at) => $"""
        UPDATE ledger SET {column} = CAST(substr({column}, 1, {at - 1}) || x'EE' || substr({column}, {at + 1}) AS BLOB)
        WHERE seq = {Middle}
        """;

    void Damage(string sql)
    {
        using var connection = Backend.OpenDatabaseOf(_directory);
        using var command = connection.CreateCommand();
        command.CommandText = Backend.Dialect(sql);
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    /// <summary>As somebody would who knows the format and has the file: another entry, and every hash after it anew.</summary>
    void RewriteFrom(long seq)
    {
        using var connection = Backend.OpenDatabaseOf(_directory);
        var previous = (byte[])Read(connection, $"SELECT hash FROM ledger WHERE seq = {seq - 1}");
        for (; seq <= Entries; seq++)
        {
            var entry = (byte[])Read(connection, $"SELECT entry FROM ledger WHERE seq = {seq}");
            if (seq == Middle) entry = [.. entry.AsSpan(0, entry.Length - 4), .. Field([1, 2])];
            previous = SHA256.HashData([.. entry, .. Field(previous)]);
            Write(
                connection, $"UPDATE ledger SET entry = @entry, hash = @hash WHERE seq = {seq}",
                ("@entry", entry), ("@hash", previous));
        }

        Write(connection, "UPDATE workspace SET head_hash = @hash", ("@hash", previous));
    }

    static void Write(DbConnection connection, string sql, params (string Name, byte[] Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        Assert.Equal(1, command.ExecuteNonQuery());
    }

    static object Read(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    /// <summary>The encoding as its description says, written a second time.</summary>
    static byte[] Encode(JsonElement entry, byte[] previous) =>
    [
        .. Field("baton.ledger.v1"u8.ToArray()), .. Text(entry, "workspace_id"), .. Integer(entry, "seq"), .. Integer(entry, "commit_seq"),
        .. Field(BigEndian(Micros(entry.GetProperty("at").GetString()!))), .. Text(entry, "agent_id"), .. Text(entry, "key_id"),
        .. Text(entry, "action"), .. Text(entry, "resource"), .. Integer(entry, "version"), .. Text(entry, "outcome"),
        .. Field(entry.TryGetProperty("detail", out var detail) ? Encoding.UTF8.GetBytes(detail.GetRawText()) : null),
        .. Field(entry.TryGetProperty("commitment", out var hex) ? Convert.FromHexString(hex.GetString()!) : null),
        .. Text(entry, "trace_id"), .. Field(previous),
    ];

    static byte[] Text(JsonElement entry, string name) =>
        Field(entry.TryGetProperty(name, out var value) ? Encoding.UTF8.GetBytes(value.GetString()!) : null);

    static byte[] Integer(JsonElement entry, string name) =>
        Field(entry.TryGetProperty(name, out var value) ? BigEndian(value.GetInt64()) : null);

    static byte[] Field(byte[]? value)
    {
        var field = new byte[4 + (value?.Length ?? 0)];
        BinaryPrimitives.WriteUInt32BigEndian(field, value is null ? 0xFFFFFFFF : (uint)value.Length);
        value?.CopyTo(field, 4);
        return field;
    }

    static byte[] BigEndian(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    static long Micros(string time) =>
        (DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).Ticks / 10;

    /// <summary>A closed database, made once: every test damages a copy.</summary>
    public sealed class Original : IAsyncLifetime
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("baton-test-").FullName;

        public async ValueTask InitializeAsync()
        {
            await using var server = await TestServer.StartAsync(directory: Path);
            for (var seq = 3; seq <= Entries; seq++)
                await server.Admin.AskAsync($"PUT /stash/s{seq % 7}\nBaton-Agent: a{seq % 3}\n\n{seq}");
            var head = await server.Admin.AskAsync("GET /ledger/head");
            Assert.Equal(Entries, head.GetProperty("seq").GetInt64());
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Path, recursive: true);
            Backend.Drop(Path);
            return default;
        }
    }
}
