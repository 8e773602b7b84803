using System.Collections.Concurrent;
using MmoOrleans.Protocol.Sockets;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// Reads the sockets of all clients in rounds: one thread asks which of them have something, reads those, and lets a few milliseconds
/// pass. .NET waits for each socket by itself and wakes two threads for each read, which is a third of what a server with few players
/// costs (docs/decisions/0022). While nobody sends anything there are no rounds.
/// </summary>
internal sealed class ReadingRounds : IDisposable
{
    /// <summary>Between two rounds. A move waits for half of it on average; a gateway's batch to its map waits longer.</summary>
    private const int PauseMilliseconds = 5;

    /// <summary>
    /// The same while there are few sockets: a round costs its wakings whether it finds much or little, and with few players they are a large part
    /// of what a server does.
    /// </summary>
    private const int LongPauseMilliseconds = 10;
    private const int FewSockets = 500;

    /// <summary>How long a thread with nothing to read may take to notice that it is no longer needed.</summary>
    private const int PatienceMilliseconds = 500;

    /// <summary>In one round; the others are read in the next, which then follows at once.</summary>
    private const int MostAtOnce = 1024;

    private readonly Epoll _epoll = new(MostAtOnce);
    private readonly ConcurrentDictionary<long, ClientSocket> _sockets = new();
    private readonly Lock _ending = new();
    private long _lastKey;
    private int _count;
    private bool _isOver;

    private ReadingRounds() => new Thread(Run) { IsBackground = true, Name = "Client sockets" }.Start();

    /// <summary>Null where the system has no such list of sockets: each of them is then awaited by itself.</summary>
    public static ReadingRounds? Begin() => Epoll.IsSupported ? new ReadingRounds() : null;

    /// <summary>Reads a socket in every round in which it has something, and answers the key that it has here.</summary>
    public long Add(ClientSocket socket, nint handle)
    {
        var key = Interlocked.Increment(ref _lastKey);
        lock (_ending)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            _epoll.Add(handle, key);
        }
        _sockets[key] = socket;
        Interlocked.Increment(ref _count);
        return key;
    }

    /// <summary>Forgets a socket that is about to be closed; the system's list forgets it then by itself.</summary>
    public void Remove(long key)
    {
        if (_sockets.TryRemove(key, out _))
            Interlocked.Decrement(ref _count);
    }

    /// <summary>No more rounds. The thread ends by itself a moment later.</summary>
    public void Dispose()
    {
        lock (_ending)
            _isOver = true;
    }

    private void Run()
    {
        while (!Volatile.Read(ref _isOver))
        {
            var found = _epoll.Ready(PatienceMilliseconds);
            if (found.Length > 0 && (Read(found) == 0 || found.Length < MostAtOnce))
                Thread.Sleep(Volatile.Read(ref _count) < FewSockets ? LongPauseMilliseconds : PauseMilliseconds);
        }
        lock (_ending)
            _epoll.Dispose();
    }

    /// <summary>How many of them were read. Those whose connections are about to end are found and not read.</summary>
    private int Read(ReadOnlySpan<long> keys)
    {
        var count = 0;
        foreach (var key in keys)
        {
            if (_sockets.TryGetValue(key, out var socket) && socket.ReadNow())
                count++;
        }
        return count;
    }
}
