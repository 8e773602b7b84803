using System.Text.RegularExpressions;
using Google.Protobuf;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Protocol.Tests;

/// <summary>The frames in docs/protocol.md are what the code reads and writes: numbers that left the house are frozen.</summary>
public partial class DocumentedFrames
{
    public static TheoryData<string, string, string> Frames
    {
        get
        {
            var frames = new TheoryData<string, string, string>();
            foreach (Match block in Block().Matches(File.ReadAllText(Page()))) frames.Add(block.Groups[1].Value, block.Groups[2].Value, block.Groups[3].Value);
            return frames;
        }
    }

    [Fact]
    public void Are_those_of_hello_login_moving_frames_and_chat()
    {
        var json = string.Join('\n', Frames.Select(frame => frame.Data.Item2));
        Assert.All(["hello", "welcome", "login", "refused", "move", "frame", "said", "disconnecting"], one => Assert.Contains($"\"{one}\"", json));
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void Say_what_the_page_says(string type, string json, string hex)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", ""));
        ReadOnlySpan<byte> rest = bytes;
        Assert.Equal(FrameStatus.Complete, FrameReader.Read(ref rest, FrameLimits.ClientToServerBytes, out var frame));
        Assert.True(rest.IsEmpty);

        var documented = type == "ClientMessage" ? JsonParser.Default.Parse<ClientMessage>(json) : (IMessage)JsonParser.Default.Parse<ServerMessage>(json);
        Assert.Equal(documented, Parse(type, frame.ToArray()));
        var written = new System.Buffers.ArrayBufferWriter<byte>();
        FrameWriter.Write(written, documented);
        Assert.Equal(bytes, written.WrittenSpan.ToArray());
    }

    private static IMessage Parse(string type, byte[] frame)
    {
        if (type == "ClientMessage")
        {
            Assert.Equal(ParseStatus.Parsed, ClientMessages.TryParse(frame, out var command));
            return command;
        }

        Assert.Equal(ParseStatus.Parsed, ServerMessages.TryParse(frame, out var fact));
        return fact;
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MmoOrleans.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("The tests lie outside the repository.");
        return Path.Combine(folder.FullName, "docs", "protocol.md");
    }

    [GeneratedRegex("```hex (ClientMessage|ServerMessage)\n# (.*)\n([0-9a-f ]+)\n```")]
    private static partial Regex Block();
}
