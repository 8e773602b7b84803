using MmoOrleans.Protocol;

namespace MmoOrleans.Bots.Wire;

/// <summary>One entity of a frame, read in place. Positions are absolute centimetres; a field that is absent is 0.</summary>
internal readonly record struct EntityNews(uint Id, int XCm, int ZCm, bool IsIntroduced)
{
    private static readonly uint IdTag = ProtoReader.VarintTag(EntityState.IdFieldNumber);
    private static readonly uint XTag = ProtoReader.VarintTag(EntityState.XCmFieldNumber);
    private static readonly uint ZTag = ProtoReader.VarintTag(EntityState.ZCmFieldNumber);
    private static readonly uint IdentityTag = ProtoReader.BytesTag(EntityState.IdentityFieldNumber);

    public static EntityNews Read(ReadOnlySpan<byte> bytes)
    {
        var (id, x, z, introduced) = (0u, 0, 0, false);
        for (var reader = new ProtoReader(bytes); !reader.IsAtEnd;)
        {
            var tag = reader.Tag();
            if (tag == IdTag) id = (uint)reader.Varint();
            else if (tag == XTag) x = reader.SignedVarint();
            else if (tag == ZTag) z = reader.SignedVarint();
            else
            {
                introduced |= tag == IdentityTag;
                reader.Skip(tag);
            }
        }

        return new EntityNews(id, x, z, introduced);
    }
}
