using System.Net;
using System.Net.Sockets;
using MmoOrleans.Gateway.Connections;

namespace MmoOrleans.Gateway.Tests.Connections;

/// <summary>What a TCP transport does with more than the operating system takes at once.</summary>
public sealed class TcpWrites : IAsyncLifetime
{
    /// <summary>Much more than the buffers of both ends hold.</summary>
    private static readonly byte[] Much = [.. Enumerable.Range(0, 2_000_000).Select(i => (byte)(i * 31 / 7))];

    private Socket _peer = null!;
    private ClientSocket _line = null!;
    private TcpTransport _transport = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await _peer.ConnectAsync(listener.LocalEndPoint!, Cancellation);
        var accepted = await listener.AcceptAsync(Cancellation);
        accepted.SendBufferSize = 4096;
        _line = new ClientSocket(accepted, rounds: null, takesInElsewhere: false);
        _transport = new TcpTransport(_line, _line, IPAddress.Loopback);
    }

    [Fact]
    public async Task All_of_it_arrives_in_order_and_the_end_behind_it()
    {
        var sending = Send();
        Assert.False(sending.IsCompleted, "There was room for all of it: nothing was tried.");
        var received = await ReceiveToTheEnd();

        Assert.True(await sending);
        byte[] sent = [.. Much, 1, 2, 3];
        Assert.True(received.SequenceEqual(sent), $"{received.Length} bytes came, or others than were sent.");

        async Task<bool> Send()
        {
            var isTaken = await _transport.Send(Much, Cancellation) && await _transport.Send(new byte[] { 1, 2, 3 }, Cancellation);
            await _transport.Finish(Cancellation);
            return isTaken;
        }
    }

    [Fact]
    public async Task A_peer_that_reads_nothing_is_dropped_when_its_time_is_over()
    {
        using var patience = new CancellationTokenSource();
        var sending = _transport.Send(Much, patience.Token).AsTask();
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await _transport.DisposeAsync();
        await Assert.ThrowsAsync<SocketException>(ReceiveToTheEnd); // Reset: what the system still held is not delivered.
    }

    [Fact]
    public async Task A_peer_that_is_gone_takes_nothing_more()
    {
        _peer.LingerState = new LingerOption(true, 0);
        _peer.Dispose();

        Assert.Equal(ReceivedKind.Closed, (await _transport.Receive(Cancellation)).Kind);
        Assert.False(await _transport.Send(Much, Cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _peer.Dispose();
    }

    private async Task<byte[]> ReceiveToTheEnd()
    {
        using var received = new MemoryStream();
        var part = new byte[10_000];
        while (await _peer.ReceiveAsync(part, Cancellation) is > 0 and var count)
            received.Write(part, 0, count);
        return received.ToArray();
    }
}
