using System.Globalization;
using Baton.Server.Platform.Basics;
using Npgsql;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>
/// Reads `BATON_DATABASE`: a URL, `postgres://user:password@host:port/db?key=value`, or the keywords of Npgsql,
/// `Host=a,b;Username=…`. Several hosts are a primary and its standbys: the server always finds the primary.
/// </summary>
internal static class PostgresSetting
{
    const int DefaultPort = 5432;

    /// <summary>Throws <see cref="BadSettingException"/> for what it cannot read. Never shows a password.</summary>
    public static NpgsqlConnectionStringBuilder Parse(string setting)
    {
        try
        {
            var text = IsUrl(setting) ? FromUrl(setting) : new NpgsqlConnectionStringBuilder(setting);
            return string.IsNullOrEmpty(text.Database) || text.Host is null || !text.Host.Split(',').All(IsHost)
                ? throw Bad()
                : text;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw Bad();
        }
    }

    static bool IsUrl(string setting) => setting.Contains("://", StringComparison.Ordinal);

    /// <summary>Reads a URL without System.Uri, which cannot read several hosts.</summary>
    static NpgsqlConnectionStringBuilder FromUrl(string url)
    {
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var builder = new NpgsqlConnectionStringBuilder();
        if (query >= 0)
        {
            foreach (var pair in rest[(query + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = pair.Split('=', 2);
                builder[Uri.UnescapeDataString(parts[0]).Replace('_', ' ')] =
                    parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
            }

            rest = rest[..query];
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) throw Bad();
        builder.Database = Uri.UnescapeDataString(rest[(slash + 1)..]);
        var (user, hosts) = rest[..slash].LastIndexOf('@') is var at and >= 0
            ? (rest[..at], rest[(at + 1)..slash])
            : ("", rest[..slash]);
        builder.Host = hosts;
        builder.Port = DefaultPort;
        if (!hosts.Contains(',', StringComparison.Ordinal)
            && Uri.TryCreate("tcp://" + hosts, UriKind.Absolute, out var one))
        {
            builder.Host = one.IdnHost;
            if (one.Port > 0) builder.Port = one.Port;
        }

        if (user.Length == 0) return builder;
        var names = user.Split(':', 2);
        builder.Username = Uri.UnescapeDataString(names[0]);
        if (names.Length == 2) builder.Password = Uri.UnescapeDataString(names[1]);
        return builder;
    }

    /// <summary>A name or an address, perhaps with a port, which Npgsql reads only when it connects.</summary>
    static bool IsHost(string text)
    {
        var host = text.Trim();
        var colon = host.LastIndexOf(':');
        // A directory of sockets, and addresses of version 6, have colons of their own.
        if (colon < 0 || host.StartsWith('/') || host.EndsWith(']') || (colon != host.IndexOf(':') && host[0] != '['))
            return host.Length > 0;
        return colon > 0 && ushort.TryParse(
            host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;
    }

    static BadSettingException Bad() => new(
        "BATON_DATABASE must be postgres://user:password@host:port/database, or Npgsql's keywords such as "
        + "Host=a,b;Username=baton;Password=…;Database=baton.");
}
