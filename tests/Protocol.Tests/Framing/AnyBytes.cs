using System.Buffers;
using CsCheck;
using Google.Protobuf;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Protocol.Tests.Framing;

/// <summary>Properties that hold for every stream of bytes, shrunk by CsCheck when one does not.</summary>
public class AnyBytes
{
    private const int Limit = 300;

    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 400];
    private static readonly Gen<byte[]> SmallLengths = Gen.OneOf(Gen.Byte[0, 8], Gen.Byte).Array[0, 200];
    private static readonly Gen<int[]> Cuts = Gen.Int[0, 5000].Array[0, 12];
    private static readonly Gen<ClientMessage> AnyCommand = Gen.Int[0, Messages.EveryCommand.Length - 1].Select(at => Messages.EveryCommand[at]);

    [Fact]
    public void Never_throw_in_a_reader() =>
        Gen.OneOf(Bytes, SmallLengths).Sample(bytes =>
        {
            Streams.ReadAll(bytes.AsSpan(), Limit);
            Streams.Feed([bytes], Limit);
        });

    [Fact]
    public void Give_the_same_frames_however_they_are_cut() =>
        Gen.Select(Gen.OneOf(Bytes, SmallLengths), Cuts).Sample((bytes, cuts) =>
        {
            var whole = Streams.ReadAll(bytes.AsSpan(), Limit);
            AssertSame(whole, Streams.Feed(Streams.Cut(bytes, cuts), Limit));
        });

    [Fact]
    public void That_were_written_as_frames_are_read_as_the_same_frames() =>
        Gen.Select(Gen.Byte.Array[0, Limit].Array[0, 8], Cuts).Sample((frames, cuts) =>
        {
            var output = new ArrayBufferWriter<byte>();
            foreach (var frame in frames)
            {
                FrameWriter.WriteLength(output, frame.Length);
                output.Write(frame);
            }

            var read = Streams.Feed(Streams.Cut(output.WrittenSpan.ToArray(), cuts), Limit);
            Assert.Equal(FrameStatus.Incomplete, read.End);
            Assert.Equal(frames, read.Frames);
        });

    [Fact]
    public void Never_throw_in_a_parser() =>
        Bytes.Sample(bytes =>
        {
            ClientMessages.TryParse(bytes, out _);
            ServerMessages.TryParse(bytes, out _);
        });

    [Fact]
    public void Never_throw_in_a_parser_when_they_are_a_real_message_with_some_bytes_changed() =>
        Gen.Select(AnyCommand, Gen.Select(Gen.Int[0, 1000], Gen.Byte).Array[1, 6], Gen.Int[0, 1000]).Sample((message, changes, length) =>
        {
            var bytes = message.ToByteArray();
            foreach (var (place, value) in changes) bytes[place % bytes.Length] = value;
            ClientMessages.TryParse(bytes.AsMemory(0, length % (bytes.Length + 1)), out _);
            ServerMessages.TryParse(bytes, out _);
        });

    private static void AssertSame((List<byte[]> Frames, FrameStatus End) expected, (List<byte[]> Frames, FrameStatus End) actual)
    {
        Assert.Equal(expected.Frames, actual.Frames);
        Assert.Equal(expected.End, actual.End);
    }
}
