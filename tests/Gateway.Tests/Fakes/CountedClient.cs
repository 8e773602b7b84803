using MmoOrleans.Gateway.Connections;
using MmoOrleans.Gateway.Maps;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>A client without a connection, which counts what it gets and takes the time that a test says to be served.</summary>
internal sealed class CountedClient(Action takesTime) : IClientLink
{
    public ConnectionId Id => default;

    public bool TakesFrame { get; set; } = true;

    /// <summary>How often it was flushed: once each time the feed serves it.</summary>
    public int Looks { get; private set; }

    /// <summary>The ticks of its frames.</summary>
    public List<ulong> Frames { get; } = [];

    /// <summary>What it was told somebody said.</summary>
    public List<string> Lines { get; } = [];

    public bool AddFrame(ReadOnlySpan<byte> frame)
    {
        Frames.Add(Next(ref frame).Frame.Tick);
        return true;
    }

    public void Add(ReadOnlySpan<byte> messages)
    {
        while (messages.Length > 0)
            Lines.AddRange(Next(ref messages).Events.Events.Select(one => one.Said.Text));
    }

    public void Flush()
    {
        Looks++;
        takesTime();
    }

    public void Send(ServerMessage message)
    {
    }

    public void MoveOn(Visit visit)
    {
    }

    public void Close(Refusal why) => throw new InvalidOperationException($"Nothing here closes a client: {why}");

    private static ServerMessage Next(ref ReadOnlySpan<byte> messages)
    {
        Assert.Equal(FrameStatus.Complete, FrameReader.Read(ref messages, int.MaxValue, out var frame));
        Assert.Equal(ParseStatus.Parsed, ServerMessages.TryParse(frame.ToArray(), out var message));
        return message;
    }
}
