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

        Assert.Equal(ErrorCode.SlowReader, (await client.Receive(ServerMessage.FactOneofCase.Disconnecting)).Disconnecting.Code);
        client.Close();
        await client.Served;
    }

    [Fact]
    public async Task A_write_that_does_not_end_is_seen_as_stalled()
    {
        var time = new FakeTimeProvider();
        var queue = new SendQueue(limitBytes: 1000, time);
        var transport = new CountingTransport { Taken = new TaskCompletionSource<bool>() };
        queue.Enqueue(new byte[3]);
        var running = queue.Run(transport, _ => { }, CancellationToken.None);
        await transport.Called;

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(10), queue.Stalled);
        transport.Taken.SetResult(false);
        await running;
    }

    [Fact]
    public void One_frame_waits_at_most_and_answers_wait_beside_it()
    {
        var queue = new SendQueue(limitBytes: 100, TimeProvider.System);

        Assert.True(queue.EnqueueFrame(new byte[50_000]));
        Assert.False(queue.TakesFrame);
        Assert.False(queue.EnqueueFrame(new byte[1]));
        Assert.True(queue.Enqueue(new byte[100]));
        Assert.False(queue.Enqueue(new byte[1]));
    }

    [Fact]
    public async Task What_has_gathered_leaves_in_one_write()
    {
        var queue = new SendQueue(limitBytes: 1000, TimeProvider.System);
        queue.Enqueue(new byte[3]);
        queue.EnqueueFrame(new byte[5]);
        queue.Complete(new ServerMessage { LeftMap = new LeftMap() });
        var transport = new CountingTransport();

        await queue.Run(transport, _ => { }, CancellationToken.None);

        Assert.Equal(3 + 5 + 1 + new ServerMessage { LeftMap = new LeftMap() }.CalculateSize(), Assert.Single(transport.Writes));
    }

    private sealed class CountingTransport : IFrameTransport
    {
        private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<int> Writes { get; } = [];

        public Task Called => _called.Task;

        public TaskCompletionSource<bool>? Taken { get; init; }

        public string Kind => "test";

        public IPAddress RemoteAddress => IPAddress.Loopback;

        public ValueTask<Received> Receive(CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<bool> Send(ReadOnlyMemory<byte> messages, CancellationToken cancellation)
        {
            Writes.Add(messages.Length);
            _called.TrySetResult();
            return Taken is null ? new(true) : new(Taken.Task);
        }

        public ValueTask Drain(CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask Finish(CancellationToken cancellation) => default;

        public ValueTask DisposeAsync() => default;
    }
}
