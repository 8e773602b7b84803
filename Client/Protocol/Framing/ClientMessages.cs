using System.Buffers;
using Google.Protobuf;

namespace MmoOrleans.Protocol.Framing;

/// <summary>Reads what a client sent. Hostile bytes are an answer here, never an exception.</summary>
public static class ClientMessages
{
    /// <summary>Parses one frame. <paramref name="message"/> is whole only when the answer is <see cref="ParseStatus.Parsed"/> or Unknown.</summary>
    public static ParseStatus TryParse(ReadOnlyMemory<byte> frame, out ClientMessage message)
    {
        message = new ClientMessage();
        try
        {
            message.MergeFrom(new ReadOnlySequence<byte>(frame));
        }
        catch (InvalidProtocolBufferException)
        {
            return ParseStatus.Malformed;
        }

        return message.CommandCase == ClientMessage.CommandOneofCase.None ? ParseStatus.Unknown : ParseStatus.Parsed;
    }
}
