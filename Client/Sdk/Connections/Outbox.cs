using System.Buffers;
using Google.Protobuf;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk.Connections;

/// <summary>Sends the messages of one connection in order, one at a time, from one buffer. Lives inside the client's loop.</summary>
internal sealed class Outbox(ITransport transport, ClientCounters counters, Action<DisconnectReason> broken)
{
    /// <summary>This many unsent messages mean that the server takes nothing any more; the connection is given up.</summary>
    private const int MostWaiting = 1024;

    private readonly Queue<ClientMessage> _waiting = new();
    private readonly ArrayBufferWriter<byte> _bytes = new(256);
    private bool _sending;

    public void Send(ClientMessage message)
    {
        if (_waiting.Count == MostWaiting)
        {
            broken(DisconnectReason.Lost($"{MostWaiting} messages wait: the server takes nothing any more."));
            return;
        }

        _waiting.Enqueue(message);
        if (!_sending) _ = SendAll();
    }

    private async Task SendAll()
    {
        _sending = true;
        try
        {
            while (_waiting.Count > 0)
            {
                _bytes.Clear();
                _waiting.Dequeue().WriteTo(_bytes);
                counters.Sent(_bytes.WrittenCount);
                await transport.SendAsync(_bytes.WrittenMemory, CancellationToken.None);
            }
        }
        catch (Exception lost)
        {
            // A transport may be anybody's; whatever it throws, the connection is gone and the reason carries its words.
            broken(DisconnectReason.Lost(lost.Message));
        }
        finally
        {
            _sending = false;
        }
    }
}
