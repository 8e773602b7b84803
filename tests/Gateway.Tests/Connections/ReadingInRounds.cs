using System.Net;
using System.Net.Sockets;
using MmoOrleans.Gateway.Connections;

namespace MmoOrleans.Gateway.Tests.Connections;

/// <summary>Many sockets and one thread that reads them.</summary>
public sealed class ReadingInRounds : IDisposable
{
    /// <summary>More than are read in one round.</summary>
    private const int Many = 1100;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<IDisposable> _open = [];
    private readonly ReadingRounds _rounds;

    public ReadingInRounds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere .NET waits for each socket by itself.");
        _rounds = ReadingRounds.Begin()!;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(Many);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_is_read_whole_and_in_order()
    {
        var (peer, line) = await Connect();
        byte[] sent = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 31 / 7))];
        var reading = ReadToTheEnd(line);
        foreach (var part in sent.Chunk(77))
            await peer.SendAsync(part, Cancellation);
        peer.Shutdown(SocketShutdown.Send);

        Assert.Equal(sent, await reading);
    }

    [Fact]
    public async Task What_came_before_the_first_read_is_read_too()
    {
        var (peer, line) = await Connect();
        await peer.SendAsync(new byte[] { 1, 2, 3 }, Cancellation);
        await ReadOfAnother();

        Assert.Equal([1, 2, 3], await Read(line, 10));
    }

    [Fact]
    public async Task More_sockets_than_a_round_holds_all_get_what_is_theirs()
    {
        var lines = new List<(Socket Peer, ClientSocket Line)>();
        for (var i = 0; i < Many; i++)
            lines.Add(await Connect());
        var reads = lines.ConvertAll(pair => Read(pair.Line, 4));
        for (var i = 0; i < Many; i++)
            lines[i].Peer.Send(BitConverter.GetBytes(i));

        for (var i = 0; i < Many; i++)
            Assert.Equal(i, BitConverter.ToInt32(await reads[i]));
    }

    [Fact]
    public async Task One_with_something_that_nobody_reads_holds_up_nobody()
    {
        var (idle, _) = await Connect();
        await idle.SendAsync(new byte[] { 1 }, Cancellation);

        await ReadOfAnother();
        await ReadOfAnother();
    }

    [Fact]
    public async Task A_cancelled_read_takes_nothing_away_from_the_next()
    {
        var (peer, line) = await Connect();
        using var patience = new CancellationTokenSource();
        var read = Read(line, 10, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Read(line, 10, patience.Token));

        await peer.SendAsync(new byte[] { 7 }, Cancellation);
        Assert.Equal([7], await Read(line, 10));
    }

    [Fact]
    public async Task The_token_of_an_earlier_read_does_not_end_this_one()
    {
        var (peer, line) = await Connect();
        using var earlier = new CancellationTokenSource();
        await peer.SendAsync(new byte[] { 1 }, Cancellation);
        Assert.Equal([1], await Read(line, 10, earlier.Token));
        var read = Read(line, 10);
        await earlier.CancelAsync();
        Assert.False(read.IsCompleted);

        await peer.SendAsync(new byte[] { 2 }, Cancellation);
        Assert.Equal([2], await read);
    }

    [Fact]
    public async Task A_peer_that_resets_is_gone()
    {
        var (peer, line) = await Connect();
        var read = Read(line, 10);
        peer.LingerState = new LingerOption(true, 0);
        peer.Dispose();

        await Assert.ThrowsAsync<IOException>(() => read);
    }

    [Fact]
    public async Task A_closed_socket_ends_its_read_and_has_no_other()
    {
        var (_, line) = await Connect();
        var read = Read(line, 10);
        await line.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => read);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Read(line, 10));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 65)]
    public async Task Where_taking_in_is_work_the_round_goes_on_meanwhile(bool takesInElsewhere, int bytes)
    {
        var (peer, line) = await Connect(takesInElsewhere);
        using var worked = new ManualResetEventSlim();
        var working = Task.Run(async () =>
        {
            await Read(line, 100);
            worked.Wait(Cancellation);
        }, Cancellation);
        await peer.SendAsync(new byte[bytes], Cancellation);

        await ReadOfAnother();
        worked.Set();
        await working;
    }

    [Fact]
    public async Task What_did_not_fit_waits_for_no_other_round()
    {
        var (peer, line) = await Connect();
        await peer.SendAsync(new byte[] { 1, 2, 3, 4, 5, 6 }, Cancellation);
        Assert.Equal([1, 2, 3, 4], await Read(line, 4));

        var rest = Read(line, 4);
        Assert.True(rest.IsCompleted);
        Assert.Equal([5, 6], await rest);
    }

    [Fact]
    public async Task A_second_reader_is_turned_away_and_the_first_goes_on()
    {
        var (peer, line) = await Connect();
        var read = Read(line, 10);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Read(line, 10));

        await peer.SendAsync(new byte[] { 5 }, Cancellation);
        Assert.Equal([5], await read);
    }

    [Fact]
    public async Task Rounds_that_are_over_take_no_socket()
    {
        _rounds.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Connect());
    }

    public void Dispose()
    {
        foreach (var open in _open)
            open.Dispose();
        _listener.Dispose();
        _rounds?.Dispose();
    }

    private static async Task<byte[]> Read(ClientSocket line, int mostBytes, CancellationToken? cancellation = null)
    {
        var buffer = new byte[mostBytes];
        var count = await line.ReadAsync(buffer, cancellation ?? Cancellation);
        return buffer[..count];
    }

    private static async Task<byte[]> ReadToTheEnd(ClientSocket line)
    {
        var received = new List<byte>();
        while (await Read(line, 100) is { Length: > 0 } part)
            received.AddRange(part);
        return [.. received];
    }

    /// <summary>When it is over, there were rounds since it was called.</summary>
    private async Task ReadOfAnother()
    {
        var (peer, line) = await Connect();
        var read = Read(line, 10);
        await peer.SendAsync(new byte[] { 9 }, Cancellation);
        Assert.Equal([9], await read);
    }

    private async Task<(Socket Peer, ClientSocket Line)> Connect(bool takesInElsewhere = false)
    {
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _open.Add(peer);
        await peer.ConnectAsync(_listener.LocalEndPoint!, Cancellation);
        var accepted = await _listener.AcceptAsync(Cancellation);
        _open.Add(accepted);
        return (peer, new ClientSocket(accepted, _rounds, takesInElsewhere));
    }
}
