using System.Net;
using System.Net.WebSockets;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Tests.Connections;

/// <summary>What goes to a WebSocket client, counted below its WebSocket.</summary>
public sealed class WebSocketWrites : IDisposable
{
    private readonly CountingStream _line = new();
    private readonly MeteredStream _stream;
    private readonly WebSocket _socket;
    private readonly WebSocketTransport _transport;

    public WebSocketWrites()
    {
        _stream = new MeteredStream(_line, new WebSocketMeter(new ConnectionLimits(), TimeProvider.System));
        _socket = WebSocket.CreateFromStream(_stream, new WebSocketCreationOptions { IsServer = true });
        _transport = new WebSocketTransport(_socket, _stream, IPAddress.Loopback, () => { });
    }

    [Fact]
    public async Task Messages_that_are_flushed_together_leave_in_one_write_and_arrive_one_by_one()
    {
        var first = new ServerMessage { Frame = new MapFrame { Tick = 7, Left = { Enumerable.Range(0, 300).Select(id => (uint)id) } } };
        var second = new ServerMessage { Events = new MapEvents { Events = { new MapEvent { Number = 3 } } } };
        var together = new PooledBuffer();
        FrameWriter.Write(together, first);
        FrameWriter.Write(together, second);

        Assert.True(await _transport.Send(together.Written, CancellationToken.None));

        var write = Assert.Single(_line.Writes);
        using var reader = WebSocket.CreateFromStream(new MemoryStream(write), new WebSocketCreationOptions { IsServer = false });
        Assert.Equal(first, await Read(reader));
        Assert.Equal(second, await Read(reader));
    }

    [Fact]
    public async Task The_next_flush_is_the_next_write_and_the_farewell_leaves_by_itself()
    {
        var message = new PooledBuffer();
        FrameWriter.Write(message, new ServerMessage { LeftMap = new LeftMap() });

        await _transport.Send(message.Written, CancellationToken.None);
        await _transport.Send(message.Written, CancellationToken.None);
        await _transport.Finish(CancellationToken.None);

        Assert.Equal(3, _line.Writes.Count);
        Assert.Equal(_line.Writes[0], _line.Writes[1]);
    }

    [Fact]
    public async Task What_the_WebSocket_says_by_itself_during_a_slow_write_waits_for_it()
    {
        _line.Holds = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _stream.Gather();
        await _stream.WriteAsync(new byte[] { 1, 2 });
        var leaving = _stream.Leave(CancellationToken.None).AsTask();
        var pong = _stream.WriteAsync(new byte[] { 3 }).AsTask();

        Assert.Equal([[1, 2]], _line.Writes);
        _line.Holds.SetResult();
        await Task.WhenAll(leaving, pong);

        Assert.Equal([[1, 2], [3]], _line.Writes);
    }

    [Fact]
    public async Task Nothing_gathered_is_no_write()
    {
        _stream.Gather();
        await _stream.Leave(CancellationToken.None);

        Assert.Empty(_line.Writes);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _stream.Dispose();
        _line.Dispose();
    }

    private static async Task<ServerMessage> Read(WebSocket socket)
    {
        var bytes = new byte[4096];
        var received = await socket.ReceiveAsync(bytes.AsMemory(), CancellationToken.None);
        Assert.True(received.EndOfMessage);
        return ServerMessage.Parser.ParseFrom(bytes, 0, received.Count);
    }

    /// <summary>A line on which nothing comes, and each write is kept by itself.</summary>
    private sealed class CountingStream : MemoryStream
    {
        public List<byte[]> Writes { get; } = [];

        /// <summary>Writes end when it does.</summary>
        public TaskCompletionSource? Holds { get; set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes.Add(buffer.ToArray());
            if (Holds is { } holds)
                await holds.Task;
        }
    }
}
