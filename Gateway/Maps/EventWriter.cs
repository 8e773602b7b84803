using System.Buffers;
using System.Numerics;
using Google.Protobuf;
using MmoOrleans.Gateway.Characters;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;

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

    /// <summary>Three tags, three lengths of at most five bytes and a number of at most ten.</summary>
    private const int MostInFront = 3 + (3 * 5) + 10;

    private readonly ArrayBufferWriter<byte> _messages = new();

    /// <summary>The happening as a MapEvent without a number; empty for what clients are not told this way.</summary>
    public static byte[] Encode(Happening what) => ToWire(what)?.ToByteArray() ?? [];

    /// <summary>What was appended since <see cref="Clear"/>: messages, each behind its length. Valid until more is.</summary>
    public ReadOnlySpan<byte> Written => _messages.WrittenSpan;

    public void Clear() => _messages.ResetWrittenCount();

    /// <summary>Appends one ServerMessage behind its length.</summary>
    public void Append(long number, ReadOnlySpan<byte> happening)
    {
        var target = _messages.GetSpan(MostInFront + happening.Length);
        var eventLength = 1 + VarintBytes((ulong)number) + happening.Length;
        var eventsLength = 1 + VarintBytes((ulong)eventLength) + eventLength;
        var written = WriteVarint(target, (ulong)(1 + VarintBytes((ulong)eventsLength) + eventsLength));
        target[written++] = EventsTag;
        written += WriteVarint(target[written..], (ulong)eventsLength);
        target[written++] = EventTag;
        written += WriteVarint(target[written..], (ulong)eventLength);
        target[written++] = NumberTag;
        written += WriteVarint(target[written..], (ulong)number);
        happening.CopyTo(target[written..]);
        _messages.Advance(written + happening.Length);
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

    private static int VarintBytes(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    private static int WriteVarint(Span<byte> target, ulong value)
    {
        var written = 0;
        for (; value >= 0x80; value >>= 7)
            target[written++] = (byte)(value | 0x80);
        target[written++] = (byte)value;
        return written;
    }
}
