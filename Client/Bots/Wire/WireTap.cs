using System.Runtime.CompilerServices;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots.Wire;

/// <summary>
/// Sits between a bot's <c>MmoClient</c> and its socket. The client does the whole protocol: hello, login, doors, warps, pings. Only
/// what happens twenty times a second does not reach it: frames are counted here and kept from the client, which would
/// build a world with names and interpolation that nobody looks at. Moves are the client's own and are noted as they leave.
/// </summary>
internal sealed class WireTap(ITransport transport, IWireListener listener) : ITransport
{
    private static readonly uint FrameTag = ProtoReader.BytesTag(ServerMessage.FrameFieldNumber);
    private static readonly uint EventsTag = ProtoReader.BytesTag(ServerMessage.EventsFieldNumber);
    private static readonly uint EventTag = ProtoReader.BytesTag(MapEvents.EventsFieldNumber);
    private static readonly uint SaidTag = ProtoReader.BytesTag(MapEvent.SaidFieldNumber);
    private static readonly uint TextTag = ProtoReader.BytesTag(Said.TextFieldNumber);

    public Task ConnectAsync(ServerEndpoint endpoint, CancellationToken cancellation) => transport.ConnectAsync(endpoint, cancellation);

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (SentMove.TryRead(message.Span, out var move)) listener.OnMove(move);
        return transport.SendAsync(message, cancellation);
    }

    // Nothing is allocated per frame: the state machine of a call that waits comes from a pool.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReceivedFrame> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var received = await transport.ReceiveAsync(cancellation).ConfigureAwait(false);
            if (received.Kind != ReceivedKind.Message || !IsForBotOnly(received.Bytes.Span)) return received;
        }
    }

    public void Dispose() => transport.Dispose();

    private bool IsForBotOnly(ReadOnlySpan<byte> message)
    {
        listener.OnReceived(message.Length);
        if (message.IsEmpty) return false;
        var reader = new ProtoReader(message);
        var tag = reader.Tag();
        if (tag == EventsTag) HearEvents(reader.Bytes());
        if (tag != FrameTag) return false;
        listener.OnFrame(reader.Bytes());
        return true;
    }

    // Lines are counted before the client drops those it has heard already, so that a server that repeats itself is found out.
    private void HearEvents(ReadOnlySpan<byte> events)
    {
        for (var reader = new ProtoReader(events); !reader.IsAtEnd;)
        {
            var tag = reader.Tag();
            if (tag == EventTag) HearEvent(reader.Bytes());
            else reader.Skip(tag);
        }
    }

    private void HearEvent(ReadOnlySpan<byte> happening)
    {
        for (var reader = new ProtoReader(happening); !reader.IsAtEnd;)
        {
            var tag = reader.Tag();
            if (tag == SaidTag) HearSaid(reader.Bytes());
            else reader.Skip(tag);
        }
    }

    private void HearSaid(ReadOnlySpan<byte> said)
    {
        for (var reader = new ProtoReader(said); !reader.IsAtEnd;)
        {
            var tag = reader.Tag();
            if (tag == TextTag) listener.OnSaid(reader.Bytes());
            else reader.Skip(tag);
        }
    }
}
