using System.Net.Sockets;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// The socket of a client as a stream. The operating system takes nearly every write at once: that is one call to it, and nothing has to
/// wait. Only for what it does not take is there a wait, with the objects that .NET then keeps for the socket (400 bytes).
/// </summary>
internal sealed class ClientSocket : NetworkStream, ITcpLine
{
    public ClientSocket(Socket socket)
        : base(socket, ownsSocket: true) => socket.Blocking = false; // Else a write at once would wait instead.

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var taken = Socket.Send(buffer.Span, SocketFlags.None, out var error);
        if (taken == buffer.Length)
            return ValueTask.CompletedTask;
        return error is SocketError.Success or SocketError.WouldBlock
            ? base.WriteAsync(buffer[taken..], cancellationToken)
            : ValueTask.FromException(new IOException("The client's socket does not take more.", new SocketException((int)error)));
    }

    public void EndSending() => Socket.Shutdown(SocketShutdown.Send);

    public void Drop() => Socket.LingerState = new LingerOption(true, 0);
}
