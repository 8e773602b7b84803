using Google.Protobuf;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk.Tests.Fakes;

/// <summary>The client's end and the gateway's end of one connection, in memory.</summary>
public sealed class FakeConnection(FakeGateway gateway) : ITransport
{
    private readonly object _gate = new();
    private readonly Queue<ReceivedFrame> _toClient = new();
    private TaskCompletionSource<bool> _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _disposed;

    public ServerEndpoint? Endpoint { get; private set; }

    public bool IsOpen => !_disposed;

    public async Task ConnectAsync(ServerEndpoint endpoint, CancellationToken cancellation)
    {
        Endpoint = endpoint;
        await gateway.Admit(this, cancellation);
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (_disposed) throw new IOException("The connection is closed.");
        if (ClientMessages.TryParse(message, out var command) != ParseStatus.Parsed) throw new InvalidOperationException("The client sent what is no command.");
        gateway.Receive(this, command);
        return default;
    }

    public async ValueTask<ReceivedFrame> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (_toClient.TryDequeue(out var frame)) return frame;
                if (_disposed) throw new ObjectDisposedException(nameof(FakeConnection));
                arrived = _arrived.Task;
            }

            await arrived;
        }
    }

    public void Send(ServerMessage message) => Deliver(ReceivedFrame.Message(message.ToByteArray()));

    public void SendBytes(params byte[] bytes) => Deliver(ReceivedFrame.Message(bytes));

    /// <summary>The network breaks: the client reads the end of the stream.</summary>
    public void Break() => Deliver(ReceivedFrame.Closed);

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _toClient.Clear();
            Wake();
        }
    }

    private void Deliver(ReceivedFrame frame)
    {
        lock (_gate)
        {
            _toClient.Enqueue(frame);
            Wake();
        }
    }

    private void Wake()
    {
        var arrived = _arrived;
        _arrived = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        arrived.TrySetResult(true);
    }
}
