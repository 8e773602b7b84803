using System.Diagnostics;
using System.Globalization;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Benchmarks.Floor;

/// <summary>
/// The least a server of the same traffic can cost: it reads what clients send and throws it away, and writes so many frames of so many bytes a
/// second to each. No game, no state, no Orleans. What the game costs beyond it is the game's own.
/// </summary>
internal static class FloorServer
{
    public static async Task<int> Run(Arguments arguments)
    {
        arguments.Allow("--kind", "--rate", "--bytes");
        await using IFloorTransport transport = arguments.Text("--kind") switch
        {
            "sockets" => new SocketFloor(),
            "kestrel" => new KestrelFloor(),
            var other => throw new UsageException($"--kind {other}: expected sockets or kestrel."),
        };
        var port = await transport.Listen();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"listen {port}"));
        new Thread(() => WriteFrames(transport, Frame(arguments.Whole("--bytes", 200)), arguments.Number("--rate", 20))) { IsBackground = true }.Start();
        // The parent never writes: the input ends when the parent does.
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>A message of this many bytes behind its length.</summary>
    private static byte[] Frame(int bytes)
    {
        var frame = new byte[FrameWriter.LengthBytes(bytes) + bytes];
        FrameWriter.WriteLength(frame, bytes);
        return frame;
    }

    private static void WriteFrames(IFloorTransport transport, byte[] frame, double perSecond)
    {
        var start = Stopwatch.GetTimestamp();
        for (var round = 1L; ; round++)
        {
            var due = TimeSpan.FromSeconds(round / perSecond) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero) Thread.Sleep(due);
            transport.WriteToAll(frame);
        }
    }
}
