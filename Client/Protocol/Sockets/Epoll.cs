using System.ComponentModel;
using System.Runtime.InteropServices;

namespace MmoOrleans.Protocol.Sockets;

/// <summary>
/// Linux's list of sockets that have something to read. .NET waits for each socket by itself and hands what came to a pool of threads, which costs
/// more in switching threads than in reading; here one thread asks for all of them when it has time.
/// </summary>
internal sealed class Epoll : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int AddSocket = 1;
    private const int RemoveSocket = 2;
    /// <summary>By a signal: nothing was ready yet.</summary>
    private const int Interrupted = 4;

    private const uint Readable = 0x1;
    private const uint HungUp = 0x2000;

    /// <summary>The kernel packs its events on x86-64 alone.</summary>
    private static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private static readonly int KeyOffset = EventBytes - sizeof(long);

    private readonly int _list = Checked(CreateList(CloseOnExec));
    private readonly byte[] _events;
    private readonly long[] _ready;

    /// <param name="mostAtOnce">As many sockets are found ready by one call at most; the others by the next.</param>
    public Epoll(int mostAtOnce) => (_events, _ready) = (new byte[mostAtOnce * EventBytes], new long[mostAtOnce]);

    /// <summary>Only Linux has it.</summary>
    public static bool IsSupported => RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    /// <summary>Adds a socket under a key. One that is closed leaves by itself.</summary>
    public void Add(nint socket, long key)
    {
        Span<byte> wanted = stackalloc byte[16];
        BitConverter.TryWriteBytes(wanted, Readable | HungUp);
        BitConverter.TryWriteBytes(wanted[KeyOffset..], key);
        Checked(Control(_list, AddSocket, (int)socket, ref wanted[0]));
    }

    /// <summary>Takes a socket off the list.</summary>
    public void Remove(nint socket)
    {
        Span<byte> unused = stackalloc byte[16];
        Checked(Control(_list, RemoveSocket, (int)socket, ref unused[0]));
    }

    /// <summary>The keys of sockets that can be read, until the next call. One that is not read is found again by that.</summary>
    /// <param name="patienceMilliseconds">How long to wait when there is none.</param>
    public ReadOnlySpan<long> Ready(int patienceMilliseconds = 0)
    {
        var count = Wait(_list, ref _events[0], _ready.Length, patienceMilliseconds);
        if (count < 0 && Marshal.GetLastWin32Error() != Interrupted) throw new Win32Exception();
        for (var at = 0; at < count; at++) _ready[at] = MemoryMarshal.Read<long>(_events.AsSpan(at * EventBytes + KeyOffset));
        return _ready.AsSpan(0, Math.Max(0, count));
    }

    public void Dispose() => CloseList(_list);

    private static int Checked(int answer) => answer >= 0 ? answer : throw new Win32Exception();

    [DllImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static extern int CreateList(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static extern int Control(int list, int operation, int socket, ref byte wanted);

    [DllImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static extern int Wait(int list, ref byte events, int most, int timeoutMilliseconds);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseList(int list);
}
