using Google.Protobuf;
using MmoOrleans.Bots.Wire;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots.Tests.Wire;

public sealed class Tapping : ITransport, IWireListener
{
    private readonly Queue<ReceivedFrame> _arriving = new();
    private readonly List<string> _heard = [];
    private readonly List<string> _sent = [];

    [Fact]
    public async Task Frames_are_kept_from_the_client_and_everything_else_reaches_it()
    {
        Arrive(new ServerMessage { Frame = new MapFrame { Tick = 300 } });
        Arrive(new ServerMessage { RequestId = 3, SayAccepted = new SayAccepted() });
        Arrive(new ServerMessage());
        _arriving.Enqueue(ReceivedFrame.Closed);
        var tap = new WireTap(this, this);

        Assert.NotNull(ServerMessage.Parser.ParseFrom((await tap.ReceiveAsync(default)).Bytes.Span).SayAccepted);
        Assert.True((await tap.ReceiveAsync(default)).Bytes.IsEmpty);
        Assert.Equal(ReceivedKind.Closed, (await tap.ReceiveAsync(default)).Kind);
        Assert.Equal(["frame of tick 300"], _heard);
    }

    [Fact]
    public async Task Lines_are_heard_on_their_way_to_the_client()
    {
        Arrive(new ServerMessage
        {
            Events = new MapEvents
            {
                Events =
                {
                    new MapEvent { Number = 1, Said = new Said { From = "a", Text = "one", Position = new ChatPosition { Channel = "c", Number = 9 } } },
                    new MapEvent { Number = 2, Corrected = new Corrected { XCm = -5 } },
                    new MapEvent { Number = 3, Said = new Said { Text = "two" } },
                },
            },
        });

        var passed = await new WireTap(this, this).ReceiveAsync(default);

        Assert.Equal(3, ServerMessage.Parser.ParseFrom(passed.Bytes.Span).Events.Events.Count);
        Assert.Equal(["said one", "said two"], _heard);
    }

    [Fact]
    public async Task A_move_leaves_between_two_messages_of_the_client()
    {
        var tap = new WireTap(this, this);
        await tap.SendAsync(new ClientMessage { Ping = new Ping { Value = 1 } }.ToByteArray(), default);
        Assert.True(tap.TrySend(new ClientMessage { Move = new Move { InputSequence = 4 } }.ToByteArray()));
        await tap.SendAsync(new ClientMessage { Ping = new Ping { Value = 2 } }.ToByteArray(), default);

        Assert.Equal(["Ping", "Move", "Ping"], _sent);
    }

    Task ITransport.ConnectAsync(ServerEndpoint endpoint, CancellationToken cancellation) => Task.CompletedTask;

    ValueTask ITransport.SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        _sent.Add($"{ClientMessage.Parser.ParseFrom(message.Span).CommandCase}");
        return default;
    }

    ValueTask<ReceivedFrame> ITransport.ReceiveAsync(CancellationToken cancellation) => new(_arriving.Dequeue());

    void IDisposable.Dispose()
    {
    }

    void IWireListener.OnReceived(int bytes)
    {
    }

    void IWireListener.OnFrame(ReadOnlySpan<byte> frame) => _heard.Add($"frame of tick {MapFrame.Parser.ParseFrom(frame).Tick}");

    void IWireListener.OnSaid(ReadOnlySpan<byte> text) => _heard.Add($"said {System.Text.Encoding.UTF8.GetString(text)}");

    private void Arrive(ServerMessage message) => _arriving.Enqueue(ReceivedFrame.Message(message.ToByteArray()));
}
