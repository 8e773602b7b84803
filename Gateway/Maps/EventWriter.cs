using Google.Protobuf;
using MmoOrleans.Gateway.Characters;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;
using Framing = MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// Encodes a happening once for all who get it. Only the number in front of it is each visit's own: a MapEvent is that number
/// and the happening's bytes.
/// </summary>
internal sealed class EventWriter
{
    private const byte EventsTag = (ServerMessage.EventsFieldNumber << 3) | 2;
    private const byte EventTag = (MapEvents.EventsFieldNumber << 3) | 2;
    private const byte NumberTag = MapEvent.NumberFieldNumber << 3;

    private readonly PooledBuffer _message = new();

    /// <summary>The happening as a MapEvent without a number; empty for what clients are not told this way.</summary>
    public static byte[] Encode(Happening what) => ToWire(what)?.ToByteArray() ?? [];

    /// <summary>One ServerMessage behind its length; valid until the next one is written.</summary>
    public ReadOnlySpan<byte> Write(long number, ReadOnlySpan<byte> happening)
    {
        Span<byte> numberBytes = stackalloc byte[11];
        var numberLength = WriteNumber(numberBytes, number);
        var eventLength = numberLength + happening.Length;
        var eventsLength = 1 + Framing.FrameWriter.LengthBytes(eventLength) + eventLength;
        _message.Release();
        Framing.FrameWriter.WriteLength(_message, 1 + Framing.FrameWriter.LengthBytes(eventsLength) + eventsLength);
        WriteTagAndLength(EventsTag, eventsLength);
        WriteTagAndLength(EventTag, eventLength);
        _message.Append(numberBytes[..numberLength]);
        _message.Append(happening);
        return _message.Written.Span;
    }

    private static MapEvent? ToWire(Happening what) => what switch
    {
        LineHeard heard => new MapEvent { Said = ToWire(heard) },
        ChatBegins begins => new MapEvent { ChatBegins = ToWire(begins.Channel, begins.Position) },
        LinesSkipped skipped => new MapEvent { ChatSkipped = new ChatSkipped { Channel = skipped.Channel, Lines = (uint)Math.Clamp(skipped.Lines, 0, uint.MaxValue) } },
        StepRefused step => new MapEvent { Corrected = ToWire(step) },
        Relocated relocated => new MapEvent { Teleported = ToWire(relocated) },
        MovedAway moved => new MapEvent { Warped = new Warped { To = moved.Ticket.ToWire() } },
        WarpFailed failed => new MapEvent { WarpRefused = new WarpRefused { ToMap = failed.ToMap, Code = failed.Why.Code.ToWire(), Sentence = failed.Why.Sentence } },
        GameSent game => new MapEvent { Game = new GameMessage { Kind = (uint)game.Kind, Payload = game.Payload.ToWire() } },
        _ => null,
    };

    private static Said ToWire(LineHeard heard)
    {
        var said = new Said
        {
            Kind = (ChatKind)(int)heard.Line.Kind,
            From = heard.Line.SenderName,
            Text = heard.Line.Text,
            To = heard.Line.To,
            SentUnixMs = (ulong)heard.Line.SaidAt.ToUnixTimeMilliseconds(),
        };
        if (heard.Line.Position != Fence.None)
            said.Position = ToWire(heard.Channel, heard.Line.Position);
        return said;
    }

    private static ChatPosition ToWire(string channel, Fence position) =>
        new() { Channel = channel, Incarnation = position.Incarnation, Number = position.Counter };

    private static Corrected ToWire(StepRefused step) => new()
    {
        InputSequence = step.InputSequence,
        XCm = Centimeters.From(step.Pose.Position.X),
        YCm = Centimeters.From(step.Pose.Position.Y),
        ZCm = Centimeters.From(step.Pose.Position.Z),
        Code = step.Code.ToWire(),
    };

    private static Teleported ToWire(Relocated relocated) => new()
    {
        InputSequence = relocated.InputSequence,
        XCm = Centimeters.From(relocated.Pose.Position.X),
        YCm = Centimeters.From(relocated.Pose.Position.Y),
        ZCm = Centimeters.From(relocated.Pose.Position.Z),
    };

    private void WriteTagAndLength(byte tag, int length)
    {
        _message.Append([tag]);
        Framing.FrameWriter.WriteLength(_message, length);
    }

    private static int WriteNumber(Span<byte> target, long number)
    {
        target[0] = NumberTag;
        var written = 1;
        var value = (ulong)number;
        for (; value >= 0x80; value >>= 7)
            target[written++] = (byte)(value | 0x80);
        target[written++] = (byte)value;
        return written;
    }
}
