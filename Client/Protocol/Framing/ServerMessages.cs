using System.Buffers;
using Google.Protobuf;

namespace MmoOrleans.Protocol.Framing;

/// <summary>Reads what a server sent, with the same care: a client may be pointed at anything that listens.</summary>
public static class ServerMessages
{
    /// <summary>Parses one frame. An Unknown fact comes from a newer server and is skipped by clients.</summary>
    public static ParseStatus TryParse(ReadOnlyMemory<byte> frame, out ServerMessage message)
    {
        message = new ServerMessage();
        try
        {
            message.MergeFrom(new ReadOnlySequence<byte>(frame));
        }
        catch (InvalidProtocolBufferException)
        {
            return ParseStatus.Malformed;
        }

        return message.FactCase == ServerMessage.FactOneofCase.None ? ParseStatus.Unknown : ParseStatus.Parsed;
    }
}
