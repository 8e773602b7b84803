using System.Buffers;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Maps.Entities;

namespace MmoOrleans.Grains.Maps.Saving;

/// <summary>
/// Packs the positions of a map into about 40 bytes each: a version byte, then per character its id (16 bytes), its stamp and
/// place as variable length integers, and its heading. Bytes are stored: a new form needs a new version, and the old one is
/// read for ever.
/// </summary>
internal static class CheckpointCodec
{
    private const byte Version = 1;

    private const int IdBytes = 16;

    public static ReadOnlyMemory<byte> Pack(IEnumerable<CheckpointEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        PutByte(buffer, Version);
        foreach (var entry in entries)
            Put(buffer, entry);
        return buffer.WrittenMemory;
    }

    /// <summary>Reads what <see cref="Pack"/> wrote; nothing at all is no entries.</summary>
    /// <exception cref="FormatException">Not a checkpoint, or one of a later version of the program.</exception>
    public static List<CheckpointEntry> Unpack(ReadOnlyMemory<byte> packed)
    {
        var entries = new List<CheckpointEntry>();
        if (packed.IsEmpty)
            return entries;
        if (packed.Span[0] != Version)
            throw new FormatException($"The checkpoint has version {packed.Span[0]}, this program reads {Version}.");
        var rest = packed.Span[1..];
        while (!rest.IsEmpty)
            entries.Add(TakeEntry(ref rest));
        return entries;
    }

    private static void Put(ArrayBufferWriter<byte> buffer, CheckpointEntry entry)
    {
        entry.Character.Value.TryWriteBytes(buffer.GetSpan(IdBytes));
        buffer.Advance(IdBytes);
        Put(buffer, entry.Stamp.Owner);
        Put(buffer, entry.Stamp.Map);
        PutNumber(buffer, entry.Stamp.Tick);
        PutNumber(buffer, entry.Spot.X);
        PutNumber(buffer, entry.Spot.Y);
        PutNumber(buffer, entry.Spot.Z);
        PutByte(buffer, entry.Heading);
    }

    private static void Put(ArrayBufferWriter<byte> buffer, Fence fence)
    {
        PutNumber(buffer, fence.Incarnation);
        PutNumber(buffer, fence.Counter);
    }

    /// <summary>Zigzag, so that small negative numbers are short too, then seven bits a byte.</summary>
    private static void PutNumber(ArrayBufferWriter<byte> buffer, long number)
    {
        var rest = (ulong)((number << 1) ^ (number >> 63));
        for (; rest >= 0x80; rest >>= 7)
            PutByte(buffer, (byte)(rest | 0x80));
        PutByte(buffer, (byte)rest);
    }

    private static void PutByte(ArrayBufferWriter<byte> buffer, byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    private static CheckpointEntry TakeEntry(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < IdBytes)
            throw CutOff();
        var character = new CharacterId(new Guid(rest[..IdBytes]));
        rest = rest[IdBytes..];
        var stamp = new Stamp(TakeFence(ref rest), TakeFence(ref rest), TakeNumber(ref rest));
        var spot = new Spot((int)TakeNumber(ref rest), (int)TakeNumber(ref rest), (int)TakeNumber(ref rest));
        return new(character, stamp, spot, TakeByte(ref rest));
    }

    private static Fence TakeFence(ref ReadOnlySpan<byte> rest) => new(TakeNumber(ref rest), TakeNumber(ref rest));

    private static long TakeNumber(ref ReadOnlySpan<byte> rest)
    {
        ulong number = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = TakeByte(ref rest);
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return (long)(number >> 1) ^ -(long)(number & 1);
        }
        throw new FormatException("A number of the checkpoint has no end.");
    }

    private static byte TakeByte(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
            throw CutOff();
        var value = rest[0];
        rest = rest[1..];
        return value;
    }

    private static FormatException CutOff() => new("The checkpoint ends in the middle of an entry.");
}
