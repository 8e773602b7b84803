using System.Net;
using System.Net.Sockets;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk.Tests.Transports;

/// <summary>The real transport against a real socket.</summary>
public class OverTcp
{
    [Fact]
    public async Task Messages_travel_both_ways_in_whatever_pieces()
    {
        using var both = await Pair.Connect();
        await both.Transport.SendAsync(new byte[] { 1, 2, 3 }, default);
        await both.Transport.SendAsync(new byte[300], default);
        Assert.Equal([3, 1, 2, 3, 0xAC, 0x02], await both.Read(6));

        await both.Server.SendAsync(new byte[] { 2, 9 });
        await both.Server.SendAsync(new byte[] { 8, 0, 1 });
        Assert.Equal([9, 8], (await both.Receive()).Bytes.ToArray());
        Assert.Empty((await both.Receive()).Bytes.ToArray());
        await both.Server.SendAsync(new byte[] { 7 });
        Assert.Equal([7], (await both.Receive()).Bytes.ToArray());
    }

    [Fact]
    public async Task The_end_of_the_stream_is_told()
    {
        using var both = await Pair.Connect();
        both.Server.Close();
        Assert.Equal(ReceivedKind.Closed, (await both.Receive()).Kind);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0x7F })]
    public async Task Broken_and_too_long_frames_are_told(byte[] bytes)
    {
        using var both = await Pair.Connect();
        await both.Server.SendAsync(bytes);
        Assert.Equal(ReceivedKind.Malformed, (await both.Receive()).Kind);
    }

    [Fact]
    public async Task Dispose_ends_a_call_that_waits()
    {
        using var both = await Pair.Connect();
        var waiting = both.Transport.ReceiveAsync(default).AsTask();
        both.Transport.Dispose();
        // By an exception or by the end of the stream, as the platform likes.
        await Task.WhenAny(waiting).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(waiting.IsFaulted || (await waiting).Kind == ReceivedKind.Closed);
    }

    private sealed class Pair : IDisposable
    {
        public required TcpTransport Transport { get; init; }

        public required Socket Server { get; init; }

        public static async Task<Pair> Connect()
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var transport = new TcpTransport();
            var accepting = listener.AcceptSocketAsync();
            await transport.ConnectAsync(ServerEndpoint.Tcp("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port), default);
            var server = await accepting;
            listener.Stop();
            return new Pair { Transport = transport, Server = server };
        }

        public Task<ReceivedFrame> Receive() => Transport.ReceiveAsync(default).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        public async Task<byte[]> Read(int count)
        {
            var bytes = new byte[count];
            await new NetworkStream(Server).ReadExactlyAsync(bytes).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
            return bytes;
        }

        public void Dispose()
        {
            Transport.Dispose();
            Server.Dispose();
        }
    }
}
