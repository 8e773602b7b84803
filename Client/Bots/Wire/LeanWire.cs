using System.Threading.Channels;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots.Wire;

/// <summary>A wire over plain TCP for thousands of bots on one core: frames are heard where they arrive, and only what the client needs is copied for it.</summary>
internal sealed class LeanWire : IWire, ILeanListener
{
    private readonly ReadySockets _sockets;
    private readonly WireEar _ear;
    private readonly LeanSocket _socket;
    private readonly Channel<ReceivedFrame> _forClient = Channel.CreateUnbounded<ReceivedFrame>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<byte> _lastLines = [];

    private bool _listens = true;

    /// <param name="holdsBytes">What the system holds of what was not read yet; 0: as much as it likes.</param>
    public LeanWire(ReadySockets sockets, IWireListener listener, int holdsBytes = 0) =>
        (_sockets, _ear, _socket) = (sockets, new WireEar(listener), new LeanSocket(this, holdsBytes));

    public async Task ConnectAsync(ServerEndpoint endpoint, CancellationToken cancellation)
    {
        await Task.Run(() => _socket.Connect(endpoint.Host, endpoint.Port), cancellation);
        _sockets.Add(_socket);
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) =>
        _socket.TrySend(message.Span, mayWait: true) ? default : throw new IOException("The server takes nothing any more.");

    public bool TrySend(ReadOnlySpan<byte> move) => _socket.TrySend(move);

    public void Listen(bool listens)
    {
        if (listens == _listens) return;
        _listens = listens;
        if (listens) _sockets.Heed(_socket);
        else _sockets.Ignore(_socket);
    }

    public ValueTask<ReceivedFrame> ReceiveAsync(CancellationToken cancellation) => _forClient.Reader.ReadAsync(cancellation);

    public void Dispose()
    {
        _socket.Dispose();
        _forClient.Writer.TryWrite(ReceivedFrame.Closed);
    }

    void ILeanListener.OnMessage(ReadOnlySpan<byte> message)
    {
        var heard = _ear.Hear(message);
        if (heard == Heard.LinesOnly) Keep(message);
        else if (heard == Heard.ForClient) Pass(message);
    }

    void ILeanListener.OnEnd(bool isMalformed) => _forClient.Writer.TryWrite(isMalformed ? ReceivedFrame.Malformed : ReceivedFrame.Closed);

    private void Keep(ReadOnlySpan<byte> lines)
    {
        _lastLines.Clear();
        _lastLines.AddRange(lines);
    }

    private void Pass(ReadOnlySpan<byte> message)
    {
        if (_lastLines.Count > 0) _forClient.Writer.TryWrite(ReceivedFrame.Message(_lastLines.ToArray()));
        _lastLines.Clear();
        _forClient.Writer.TryWrite(ReceivedFrame.Message(message.ToArray()));
    }
}
