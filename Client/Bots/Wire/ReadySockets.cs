using System.Collections.Concurrent;
using MmoOrleans.Protocol.Sockets;

namespace MmoOrleans.Bots.Wire;

/// <summary>All lean sockets of a process. One thread calls <see cref="Serve"/>; any thread may add one.</summary>
internal sealed class ReadySockets : IDisposable
{
    private const int MostAtOnce = 64;

    private readonly Epoll _epoll = new(MostAtOnce);
    private readonly ConcurrentDictionary<long, LeanSocket> _sockets = new();
    private long _lastKey;

    /// <summary>Begins to read a socket that is connected.</summary>
    public void Add(LeanSocket socket)
    {
        var key = socket.Key = Interlocked.Increment(ref _lastKey);
        _sockets[key] = socket;
        socket.Closed = () => _sockets.TryRemove(key, out _);
        _epoll.Add(socket.Handle, key);
    }

    /// <summary>Reads it no more, whatever comes. For the thread that serves.</summary>
    public void Ignore(LeanSocket socket)
    {
        if (_sockets.ContainsKey(socket.Key)) _epoll.Remove(socket.Handle);
    }

    /// <summary>Reads it again.</summary>
    public void Heed(LeanSocket socket)
    {
        if (_sockets.ContainsKey(socket.Key)) _epoll.Add(socket.Handle, socket.Key);
    }

    /// <summary>Reads from a few of those that have something, and answers whether there may be more.</summary>
    public bool Serve()
    {
        var ready = _epoll.Ready();
        foreach (var key in ready)
        {
            if (_sockets.TryGetValue(key, out var socket)) socket.Read();
        }

        return ready.Length == MostAtOnce;
    }

    public void Dispose() => _epoll.Dispose();
}
