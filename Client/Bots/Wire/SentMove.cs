using MmoOrleans.Protocol;

namespace MmoOrleans.Bots.Wire;

/// <summary>A move as it went out: its number in the visit and the position it claims, in centimetres.</summary>
internal readonly record struct SentMove(uint Input, int XCm, int ZCm)
{
    private static readonly uint MoveTag = ProtoReader.BytesTag(ClientMessage.MoveFieldNumber);
    private static readonly uint InputTag = ProtoReader.VarintTag(Move.InputSequenceFieldNumber);
    private static readonly uint XTag = ProtoReader.VarintTag(Move.XCmFieldNumber);
    private static readonly uint ZTag = ProtoReader.VarintTag(Move.ZCmFieldNumber);

    /// <summary>Reads a client message; false when it is no move. Moves carry no request id, so they begin with their own tag.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out SentMove move)
    {
        move = default;
        var outer = new ProtoReader(message);
        if (outer.IsAtEnd || outer.Tag() != MoveTag) return false;
        move = Read(outer.Bytes());
        return true;
    }

    private static SentMove Read(ReadOnlySpan<byte> bytes)
    {
        var (input, x, z) = (0u, 0, 0);
        for (var reader = new ProtoReader(bytes); !reader.IsAtEnd;)
        {
            var tag = reader.Tag();
            if (tag == InputTag) input = (uint)reader.Varint();
            else if (tag == XTag) x = reader.SignedVarint();
            else if (tag == ZTag) z = reader.SignedVarint();
            else reader.Skip(tag);
        }

        return new SentMove(input, x, z);
    }
}
