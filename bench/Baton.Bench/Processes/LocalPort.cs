using System.Net;
using System.Net.Sockets;

namespace Baton.Bench.Processes;

/// <summary>Ports of the loopback address that nobody listens on.</summary>
internal static class LocalPort
{
    /// <summary>As many different free ports as asked for.</summary>
    public static int[] Take(int count)
    {
        var listeners = new List<TcpListener>();
        try
        {
            for (var index = 0; index < count; index++)
            {
                var listener = new TcpListener(IPAddress.Loopback, port: 0);
                listeners.Add(listener);
                listener.Start();
            }
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
