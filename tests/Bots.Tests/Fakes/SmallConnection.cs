using Google.Protobuf;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots.Tests.Fakes;

/// <summary>The client's end of a connection to a <see cref="SmallWorld"/>, in memory.</summary>
internal sealed class SmallConnection(SmallWorld world) : ITransport
{
    private readonly System.Threading.Channels.Channel<byte[]> _toClient = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();

    /// <summary>Whoever has logged in here; empty before.</summary>
    public string User { get; set; } = "";

    /// <summary>The entity that walks here; null on no map.</summary>
    public EntityState? Entity { get; set; }

    public uint LastInput { get; set; }

    public Task ConnectAsync(ServerEndpoint endpoint, CancellationToken cancellation)
    {
        world.Connect(this);
        return Task.CompletedTask;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        world.Receive(this, ClientMessage.Parser.ParseFrom(message.Span));
        return default;
    }

    public async ValueTask<ReceivedFrame> ReceiveAsync(CancellationToken cancellation)
    {
        while (await _toClient.Reader.WaitToReadAsync(cancellation))
        {
            if (_toClient.Reader.TryRead(out var bytes)) return ReceivedFrame.Message(bytes);
        }

        return ReceivedFrame.Closed;
    }

    public void Send(ServerMessage message) => _toClient.Writer.TryWrite(message.ToByteArray());

    public void Dispose()
    {
        world.Disconnect(this);
        _toClient.Writer.TryComplete();
    }
}
