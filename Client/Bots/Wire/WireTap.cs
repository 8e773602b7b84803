using System.Runtime.CompilerServices;
using MmoOrleans.Protocol.Sockets;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots.Wire;

/// <summary>A wire over any transport: WebSockets, TLS, and systems without <see cref="Epoll"/>.</summary>
internal sealed class WireTap(ITransport transport, IWireListener listener) : IWire
{
    private readonly WireEar _ear = new(listener);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly byte[] _move = new byte[MoveWriter.LongestBytes];
    private volatile TaskCompletionSource? _silence;

    public Task ConnectAsync(ServerEndpoint endpoint, CancellationToken cancellation) => transport.ConnectAsync(endpoint, cancellation);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await transport.SendAsync(message, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    public bool TrySend(ReadOnlySpan<byte> move)
    {
        if (!_sending.Wait(0)) return false;
        move.CopyTo(_move);
        _ = Send(_move.AsMemory(0, move.Length));
        return true;
    }

    // What is being received when it becomes deaf is still taken.
    public void Listen(bool listens)
    {
        if (listens) Interlocked.Exchange(ref _silence, null)?.SetResult();
        else _silence ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    // Nothing is allocated per frame: the state machine of a call that waits comes from a pool.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReceivedFrame> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (_silence is { } silence) await silence.Task.WaitAsync(cancellation).ConfigureAwait(false);
            var received = await transport.ReceiveAsync(cancellation).ConfigureAwait(false);
            if (received.Kind != ReceivedKind.Message || _ear.Hear(received.Bytes.Span) != Heard.ForBotOnly) return received;
        }
    }

    public void Dispose() => transport.Dispose();

    private async Task Send(ReadOnlyMemory<byte> move)
    {
        try
        {
            await transport.SendAsync(move, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A transport may be anybody's; that the connection is gone is told to the client by its next receive.
        }
        finally
        {
            _sending.Release();
        }
    }
}
