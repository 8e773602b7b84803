using System.Buffers;
using System.IO.Pipelines;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>A client that says exactly what a test wants and waits for exactly what it expects.</summary>
public sealed class TestClient(IDuplexPipe pipes, Task served)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly FrameBuffer _arriving = new(FrameLimits.ServerToClientBytes);
    private readonly Queue<ServerMessage> _received = [];
    private readonly List<string> _seen = [];
    private uint _requests;

    /// <summary>Completes when the gateway is done with this client.</summary>
    public Task Served => served.WaitAsync(Patience);

    public uint Send(ClientMessage message)
    {
        if (message.RequestId == 0 && message.CommandCase is not (ClientMessage.CommandOneofCase.Move or ClientMessage.CommandOneofCase.Ping))
            message.RequestId = ++_requests;
        var buffer = new ArrayBufferWriter<byte>();
        FrameWriter.Write(buffer, message);
        SendBytes(buffer.WrittenSpan.ToArray());
        return message.RequestId;
    }

    public void SendBytes(byte[] bytes)
    {
        pipes.Output.Write(bytes);
        _ = pipes.Output.FlushAsync();
    }

    /// <summary>Sends and waits for the answer with the same id.</summary>
    public async Task<ServerMessage> Ask(ClientMessage message)
    {
        var id = Send(message);
        return await Receive(answer => answer.RequestId == id, $"the answer to {message.CommandCase}");
    }

    /// <summary>The next message of a kind; others before it are passed over.</summary>
    public Task<ServerMessage> Receive(ServerMessage.FactOneofCase fact) => Receive(message => message.FactCase == fact, fact.ToString());

    public async Task<ServerMessage> Receive(Func<ServerMessage, bool> isWanted, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                var message = await Next(patience.Token) ?? throw new InvalidOperationException($"Closed while waiting for {what}; seen: {Seen}");
                if (isWanted(message))
                    return message;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Waited for {what}; seen: {Seen}");
        }
    }

    /// <summary>The last words of the gateway, then the end of the connection.</summary>
    public async Task<Disconnecting> ReceiveEnd()
    {
        var last = await Receive(ServerMessage.FactOneofCase.Disconnecting);
        Close();
        await Served;
        return last.Disconnecting;
    }

    /// <summary>Says that nothing more comes, and still listens.</summary>
    public void EndSending() => pipes.Output.Complete();

    /// <summary>Whatever comes until the gateway closes; the last of it, null for nothing.</summary>
    public async Task<ServerMessage?> ReceiveLast()
    {
        using var patience = new CancellationTokenSource(Patience);
        ServerMessage? last = null;
        while (await Next(patience.Token) is { } message)
            last = message;
        return last;
    }

    public void Close()
    {
        pipes.Output.Complete();
        pipes.Input.Complete();
    }

    private string Seen => string.Join(", ", _seen);

    private async Task<ServerMessage?> Next(CancellationToken cancellation)
    {
        while (_received.Count == 0)
        {
            var result = await pipes.Input.ReadAsync(cancellation);
            foreach (var piece in result.Buffer)
                Take(piece.Span);
            pipes.Input.AdvanceTo(result.Buffer.End);
            if (_received.Count == 0 && result.IsCompleted)
                return null;
        }
        return _received.Dequeue();
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_arriving.Append(bytes)..];
            TakeAll();
        }
    }

    private void TakeAll()
    {
        while (_arriving.Take(out var frame) == FrameStatus.Complete)
        {
            Assert.Equal(ParseStatus.Parsed, ServerMessages.TryParse(frame.ToArray(), out var message));
            _received.Enqueue(message);
            _seen.Add(message.FactCase == ServerMessage.FactOneofCase.Refused ? $"Refused {message.Refused.Code}" : message.FactCase.ToString());
        }
    }
}
