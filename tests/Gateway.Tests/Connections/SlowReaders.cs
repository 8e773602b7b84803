using System.Net;
using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Connections;

public class SlowReaders
{
    [Fact]
    public async Task One_who_reads_nothing_is_cut_with_a_reason_when_too_many_answers_wait()
    {
        await using var gateway = new GatewayUnderTest(options => (options.Limits.SendQueueBytes, options.Limits.MessageBurst) = (4096, 100_000));
        var client = await gateway.Greet();

        for (var i = 0; i < 20_000; i++)
            client.Send(Commands.Ping((ulong)i));
        await ClosingOf(gateway.Connections.All.Single()); // Who begins to read before may keep up.

        Assert.Equal(ErrorCode.SlowReader, (await client.Receive(ServerMessage.FactOneofCase.Disconnecting)).Disconnecting.Code);
        client.Close();
        await client.Served;
    }

    [Fact]
    public async Task A_write_that_does_not_end_is_seen_as_stalled()
    {
        var time = new FakeTimeProvider();
        var transport = new SlowTransport();
        var queue = new SendQueue(transport, limitBytes: 1000, _ => { }, time, CancellationToken.None);
        queue.Add(new byte[3]);
        queue.Flush();

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(10), queue.Stalled);
        transport.Take(false);
        await queue.Done;
    }

    [Fact]
    public void One_frame_waits_at_most_and_answers_wait_beside_it()
    {
        var queue = new SendQueue(new SlowTransport(), limitBytes: 100, _ => { }, TimeProvider.System, CancellationToken.None);

        Assert.True(queue.AddFrame(new byte[50_000]));
        Assert.False(queue.TakesFrame);
        Assert.False(queue.AddFrame(new byte[1]));
        Assert.True(queue.Add(new byte[100]));
        Assert.False(queue.Add(new byte[1]));
    }

    [Fact]
    public void What_has_gathered_leaves_in_one_write()
    {
        var transport = new SlowTransport();
        var queue = new SendQueue(transport, limitBytes: 1000, _ => { }, TimeProvider.System, CancellationToken.None);

        queue.Add(new byte[3]);
        queue.AddFrame(new byte[5]);
        queue.Complete(new ServerMessage { LeftMap = new LeftMap() });

        Assert.Equal(3 + 5 + 1 + new ServerMessage { LeftMap = new LeftMap() }.CalculateSize(), Assert.Single(transport.Writes));
    }

    [Fact]
    public async Task What_gathers_during_a_write_leaves_with_the_next_one_and_then_the_queue_is_done()
    {
        var transport = new SlowTransport();
        var queue = new SendQueue(transport, limitBytes: 1000, _ => { }, TimeProvider.System, CancellationToken.None);
        queue.Add(new byte[3]);
        queue.Flush();

        queue.Add(new byte[4]);
        queue.Flush();
        queue.AddFrame(new byte[5]);
        queue.Complete(null);
        Assert.Equal([3], transport.Writes);
        transport.Take(true);
        transport.Take(true);
        await queue.Done;

        Assert.Equal([3, 9], transport.Writes);
    }

    [Fact]
    public async Task A_peer_that_is_gone_ends_the_queue_and_nothing_more_is_kept_for_it()
    {
        var transport = new SlowTransport();
        var queue = new SendQueue(transport, limitBytes: 10, _ => { }, TimeProvider.System, CancellationToken.None);
        queue.Add(new byte[3]);
        queue.Flush();

        transport.Take(false);
        await queue.Done;

        Assert.True(queue.Add(new byte[100]));
        Assert.False(queue.AddFrame(new byte[1]));
        queue.Flush();
        Assert.Equal([3], transport.Writes);
    }

    [Fact]
    public async Task A_write_that_is_cut_ends_the_queue()
    {
        using var cut = new CancellationTokenSource();
        var queue = new SendQueue(new SlowTransport(), limitBytes: 10, _ => { }, TimeProvider.System, cut.Token);
        queue.Add(new byte[3]);
        queue.Flush();
        Assert.False(queue.Done.IsCompleted);

        await cut.CancelAsync();

        await queue.Done;
    }

    private static async Task ClosingOf(ClientConnection connection)
    {
        var closing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = connection.Gone.Register(closing.SetResult);
        var first = await Task.WhenAny(closing.Task, Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.True(first == closing.Task, "Waited 10 s for the gateway to close on one who reads nothing.");
    }

    /// <summary>A socket whose writes end when the test says so.</summary>
    private sealed class SlowTransport : IFrameTransport
    {
        private readonly Queue<TaskCompletionSource<bool>> _underway = [];

        public List<int> Writes { get; } = [];

        public string Kind => "test";

        public IPAddress RemoteAddress => IPAddress.Loopback;

        /// <summary>Ends the oldest write.</summary>
        public void Take(bool isThere) => _underway.Dequeue().SetResult(isThere);

        public ValueTask<Received> Receive(CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<bool> Send(ReadOnlyMemory<byte> messages, CancellationToken cancellation)
        {
            Writes.Add(messages.Length);
            var write = new TaskCompletionSource<bool>();
            _underway.Enqueue(write);
            return new(write.Task.WaitAsync(cancellation));
        }

        public ValueTask Drain(CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask Finish(CancellationToken cancellation) => default;

        public ValueTask DisposeAsync() => default;
    }
}
