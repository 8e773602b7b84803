using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using MmoOrleans.Silo.Hosting;

namespace MmoOrleans.Silo.Tests.Hosting;

/// <summary>A silo that starts again on its port is known by its next generation; the others may have connected to it under its last one.</summary>
public class ComingBackAtOnce
{
    private readonly FormerLives _lives = new(null!, NullLogger<FormerLives>.Instance);

    [Fact]
    public async Task What_was_opened_to_the_life_before_ends_when_the_next_one_is_heard_of()
    {
        _lives.Look([Member(port: 1, generation: 1), Member(port: 2, generation: 1)]);
        var (early, other) = (Open(port: 1), Open(port: 2));

        _lives.Look([Member(port: 1, generation: 1, SiloStatus.Dead), Member(port: 1, generation: 2, SiloStatus.Joining), Member(port: 2, generation: 1)]);

        await Ended(early);
        Assert.False(other.ConnectionClosed.IsCancellationRequested);
    }

    [Fact]
    public void What_is_opened_from_then_on_stays()
    {
        _lives.Look([Member(port: 1, generation: 1, SiloStatus.Dead), Member(port: 1, generation: 2, SiloStatus.Joining)]);
        var late = Open(port: 1);

        _lives.Look([Member(port: 1, generation: 1, SiloStatus.Dead), Member(port: 1, generation: 2)]);
        _lives.Look([Member(port: 1, generation: 2)]);

        Assert.False(late.ConnectionClosed.IsCancellationRequested);
    }

    [Fact]
    public void Where_nobody_was_before_nothing_ends()
    {
        _lives.Look([]);
        var connection = Open(port: 1);

        _lives.Look([Member(port: 1, generation: 1, SiloStatus.Joining)]);

        Assert.False(connection.ConnectionClosed.IsCancellationRequested);
    }

    [Fact]
    public async Task An_address_of_four_bytes_is_the_same_in_sixteen()
    {
        _lives.Look([Member(port: 1, generation: 1)]);
        var early = Open(new IPEndPoint(IPAddress.Loopback.MapToIPv6(), 1));

        _lives.Look([Member(port: 1, generation: 2, SiloStatus.Joining)]);

        await Ended(early);
    }

    private DefaultConnectionContext Open(int port) => Open(new IPEndPoint(IPAddress.Loopback, port));

    private DefaultConnectionContext Open(IPEndPoint there)
    {
        var connection = new DefaultConnectionContext { RemoteEndPoint = there };
        _ = _lives.Carry(connection, _ => new TaskCompletionSource().Task);
        return connection;
    }

    private static async Task Ended(ConnectionContext connection)
    {
        var ended = new TaskCompletionSource();
        using var telling = connection.ConnectionClosed.Register(ended.SetResult);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static ClusterMember Member(int port, int generation, SiloStatus status = SiloStatus.Active) =>
        new(SiloAddress.New(IPAddress.Loopback, port, generation), status, $"silo-{port}");
}
