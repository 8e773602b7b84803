using System.Buffers;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Protocol.Tests.Framing;

public class Reading
{
    [Fact]
    public void A_frame_is_taken_off_and_the_rest_stays()
    {
        ReadOnlySpan<byte> bytes = [3, 10, 11, 12, 1, 20];
        Assert.Equal(FrameStatus.Complete, FrameReader.Read(ref bytes, 100, out var frame));
        Assert.Equal([10, 11, 12], frame.ToArray());
        Assert.Equal([1, 20], bytes.ToArray());
    }

    [Fact]
    public void Nothing_is_taken_off_while_a_frame_is_not_whole()
    {
        ReadOnlySpan<byte> bytes = [3, 10, 11];
        Assert.Equal(FrameStatus.Incomplete, FrameReader.Read(ref bytes, 100, out _));
        Assert.Equal(3, bytes.Length);
    }

    [Fact]
    public void A_frame_of_no_bytes_is_a_frame()
    {
        ReadOnlySpan<byte> bytes = [0, 1, 9];
        Assert.Equal(FrameStatus.Complete, FrameReader.Read(ref bytes, 100, out var frame));
        Assert.True(frame.IsEmpty);
        Assert.Equal(2, bytes.Length);
    }

    [Theory]
    [InlineData(8 * 1024, FrameStatus.Complete)]
    [InlineData(8 * 1024 + 1, FrameStatus.TooLong)]
    public void The_limit_itself_is_allowed_and_one_byte_more_is_not(int length, FrameStatus expected)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.WriteLength(output, length);
        output.Write(new byte[length]);
        var bytes = output.WrittenSpan;
        Assert.Equal(expected, FrameReader.Read(ref bytes, FrameLimits.ClientToServerBytes, out _));
    }

    [Fact]
    public void A_frame_over_the_limit_is_refused_by_its_prefix_alone()
    {
        ReadOnlySpan<byte> bytes = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F];
        Assert.Equal(FrameStatus.TooLong, FrameReader.Read(ref bytes, FrameLimits.ClientToServerBytes, out _));
    }

    [Theory]
    [InlineData(new byte[] { 0x80 }, FrameStatus.Incomplete)]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80 }, FrameStatus.Incomplete)]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80 }, FrameStatus.MalformedLength)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, FrameStatus.MalformedLength)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, FrameStatus.TooLong)]
    [InlineData(new byte[] { 0x81, 0x00, 0x05 }, FrameStatus.Complete)]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x00 }, FrameStatus.Complete)]
    public void A_prefix_ends_within_five_bytes(byte[] bytes, FrameStatus expected)
    {
        ReadOnlySpan<byte> span = bytes;
        Assert.Equal(expected, FrameReader.Read(ref span, 1000, out _));
        var byOne = Streams.Feed(bytes.Select(one => new[] { one }), 1000);
        Assert.Equal(expected == FrameStatus.Complete ? (1, FrameStatus.Incomplete) : (0, expected), (byOne.Frames.Count, byOne.End));
    }

    [Fact]
    public void A_buffer_grows_to_one_frame_of_the_limit_and_no_further()
    {
        var buffer = new FrameBuffer(10_000);
        FrameWriter.WriteLength(buffer.Free().Span, 10_000);
        buffer.Received(2);
        var most = 0;
        while (buffer.Take(out var frame) == FrameStatus.Incomplete)
        {
            var free = buffer.Free().Length;
            most = Math.Max(most, buffer.Waiting + free);
            buffer.Received(Math.Min(free, 10_002 - buffer.Waiting));
        }

        Assert.Equal(10_005, most);
        Assert.Equal(0, buffer.Waiting);
    }

    [Fact]
    public void A_buffer_that_grew_is_small_again_when_all_was_taken()
    {
        var buffer = new FrameBuffer(10_000, smallestBytes: 16);
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.WriteLength(output, 1000);
        output.Write(new byte[1000]);
        for (var fed = 0; fed < output.WrittenCount;) fed += buffer.Append(output.WrittenSpan[fed..]);

        Assert.Equal(FrameStatus.Complete, buffer.Take(out var frame));
        Assert.Equal(1000, frame.Length);
        Assert.Equal(16, buffer.Free().Length);
    }

    [Fact]
    public void Reading_frames_allocates_nothing()
    {
        var output = new ArrayBufferWriter<byte>();
        for (var frame = 0; frame < 100; frame++) FrameWriter.Write(output, Messages.EveryCommand[13]);
        var buffer = new FrameBuffer(1000);
        Assert.Equal(100, CountFrames(buffer, output.WrittenSpan));

        var before = GC.GetAllocatedBytesForCurrentThread();
        CountFrames(buffer, output.WrittenSpan);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static int CountFrames(FrameBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (!bytes.IsEmpty)
        {
            bytes = bytes[buffer.Append(bytes)..];
            while (buffer.Take(out _) == FrameStatus.Complete) count++;
        }

        return count;
    }
}
