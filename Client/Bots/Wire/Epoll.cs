using System.ComponentModel;
using System.Runtime.InteropServices;

namespace MmoOrleans.Bots.Wire;

/// <summary>
/// Linux's list of sockets that have something to read. .NET waits for each socket by itself and hands what came to a pool of threads, which costs
/// a generator on one core more in switching threads than in reading; here one thread asks for all of them when it has time.
/// </summary>
internal sealed class Epoll : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int AddSocket = 1;
    private const int RemoveSocket = 2;
    private const uint Readable = 0x1;
    private const uint HungUp = 0x2000;

    /// <summary>The kernel packs its events on x86-64 alone.</summary>
    private static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private static readonly int KeyOffset = EventBytes - sizeof(long);

    private readonly int _list = Checked(CreateList(CloseOnExec));
    private readonly byte[] _events = new byte[256 * EventBytes];

    /// <summary>Only Linux has it.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Adds a socket under a key. One that is closed leaves by itself.</summary>
    public void Add(nint socket, long key)
    {
        Span<byte> wanted = stackalloc byte[16];
        MemoryMarshal.Write(wanted, Readable | HungUp);
        MemoryMarshal.Write(wanted[KeyOffset..], key);
        Checked(Control(_list, AddSocket, (int)socket, ref wanted[0]));
    }

    /// <summary>Takes a socket off the list.</summary>
    public void Remove(nint socket)
    {
        Span<byte> unused = stackalloc byte[16];
        Checked(Control(_list, RemoveSocket, (int)socket, ref unused[0]));
    }

    /// <summary>Fills in the keys of sockets that can be read now, at most 256, and answers how many. Never waits.</summary>
    public int Ready(Span<long> keys)
    {
        var count = Wait(_list, ref _events[0], Math.Min(keys.Length, _events.Length / EventBytes), 0);
        for (var at = 0; at < count; at++) keys[at] = MemoryMarshal.Read<long>(_events.AsSpan(at * EventBytes + KeyOffset));
        // Interrupted by a signal: nothing was ready yet.
        return Math.Max(0, count);
    }

    public void Dispose() => CloseList(_list);

    private static int Checked(int answer) => answer >= 0 ? answer : throw new Win32Exception();

    [DllImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static extern int CreateList(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static extern int Control(int list, int operation, int socket, ref byte wanted);

    [DllImport("libc", EntryPoint = "epoll_wait")]
    private static extern int Wait(int list, ref byte events, int most, int timeoutMilliseconds);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseList(int list);
}
