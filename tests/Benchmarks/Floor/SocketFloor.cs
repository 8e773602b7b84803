using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MmoOrleans.Benchmarks.Floor;

/// <summary>Bare sockets: reads with SocketAsyncEventArgs, writes that never wait.</summary>
internal sealed class SocketFloor : IFloorTransport
{
    private const int Backlog = 4096;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Socket, SocketAsyncEventArgs> _clients = new();

    public Task<int> Listen()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(Backlog);
        _ = Accept();
        return Task.FromResult(((IPEndPoint)_listener.LocalEndPoint!).Port);
    }

    public void WriteToAll(byte[] frame)
    {
        foreach (var (client, _) in _clients) client.Send(frame, SocketFlags.None, out _);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var (client, _) in _clients) client.Dispose();
        return default;
    }

    private async Task Accept()
    {
        while (true)
        {
            var client = await _listener.AcceptAsync();
            client.NoDelay = true;
            client.Blocking = false;
            var reading = new SocketAsyncEventArgs();
            reading.SetBuffer(new byte[512]);
            reading.Completed += (_, _) => Read(client, reading, isOver: true);
            _clients[client] = reading;
            Read(client, reading, isOver: false);
        }
    }

    private void Read(Socket client, SocketAsyncEventArgs reading, bool isOver)
    {
        while (true)
        {
            if (isOver && (reading.SocketError != SocketError.Success || reading.BytesTransferred == 0)) break;
            if (client.ReceiveAsync(reading)) return;
            isOver = true;
        }

        _clients.TryRemove(client, out _);
        client.Dispose();
    }
}
