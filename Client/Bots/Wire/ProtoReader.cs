namespace MmoOrleans.Bots.Wire;

/// <summary>
/// Reads protobuf fields in place. The generated parser makes an object of every entity in every frame; thousands of bots on one
/// core see a million entities a second and only want to count most of them. Bytes that are no protobuf throw, which ends the connection.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public static uint VarintTag(int field) => (uint)field << 3;

    public static uint BytesTag(int field) => (uint)field << 3 | 2;

    public uint Tag() => (uint)Varint();

    public ulong Varint()
    {
        ulong value = 0;
        for (var at = 0; at < _rest.Length && at < 10; at++)
        {
            var group = _rest[at];
            value |= (ulong)(group & 0x7F) << (7 * at);
            if ((group & 0x80) != 0) continue;
            _rest = _rest[(at + 1)..];
            return value;
        }

        throw new InvalidDataException("The server sent a number without an end.");
    }

    public int SignedVarint()
    {
        var value = (uint)Varint();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        if (length > (ulong)_rest.Length) throw new InvalidDataException("The server sent a field longer than its message.");
        var bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return bytes;
    }

    public void Skip(uint tag)
    {
        switch (tag & 7)
        {
            case 0: Varint(); break;
            case 1: Drop(8); break;
            case 2: Bytes(); break;
            case 5: Drop(4); break;
            default: throw new InvalidDataException($"The server sent a field of wire type {tag & 7}.");
        }
    }

    private void Drop(int count)
    {
        if (count > _rest.Length) throw new InvalidDataException("The server sent half a number.");
        _rest = _rest[count..];
    }
}
