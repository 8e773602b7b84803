namespace MmoOrleans.Silo.Tests.Players;

/// <summary>A player who stops reading on a busy map of a whole silo, over a real socket, while another one walks and talks.</summary>
public sealed class NotReading(BusySilo silo) : IClassFixture<BusySilo>, IAsyncDisposable
{
    private const int DeafHolds = 4096;

    /// <summary>More than a frame of the whole herd.</summary>
    private const int FrameBytes = BusySilo.Herd * 30;

    private static int _made;

    private readonly TimeSpan _stalledWriteTimeout = silo.Limits.StalledWriteTimeout;

    private readonly string _name = $"n{Environment.ProcessId % 10_000}x{Interlocked.Increment(ref _made)}";

    [Fact]
    public async Task Who_reads_again_in_time_sees_what_the_other_sees_and_has_heard_every_line()
    {
        silo.Limits.StalledWriteTimeout = TimeSpan.FromMinutes(1); // However long this machine takes for forty frames.
        var skippedBefore = silo.Counts["mmo.gateway.frames.skipped"];
        var reader = new PlayerWho(await silo.Enter(_name + "a"));
        var deaf = new PlayerWho(await silo.Enter(_name + "b", DeafHolds));
        var most = 0.0;
        await reader.Play(() =>
        {
            most = Math.Max(most, silo.Counts["mmo.gateway.send.waiting.most"]);
            return silo.Counts["mmo.gateway.frames.skipped"] - skippedBefore >= 40;
        });
        Assert.InRange(most, 1, FrameBytes + 4096); // One frame, and the few lines that were said.

        var (resumed, said, isSeen) = (reader.Tick, reader.Heard.Count, false);
        var playing = reader.Play(() => Volatile.Read(ref isSeen));
        while (deaf.Tick <= resumed || reader.SawAt(deaf.Tick) is null)
        {
            Assert.True(deaf.Tick < resumed + 400, "20 s later there was no tick of which both got a frame.");
            await deaf.ReadOne();
            if (deaf.Tick > resumed)
                await Reached(reader, deaf.Tick);
        }
        var (saw, other) = (deaf.SawAt(deaf.Tick), reader.SawAt(deaf.Tick));
        while (deaf.Heard.Count < said)
            await deaf.ReadOne();
        Volatile.Write(ref isSeen, true);
        await playing;

        Assert.Equal(other, saw);
        Assert.True(said > 0);
        Assert.Equal(reader.Heard.Take(deaf.Heard.Count), deaf.Heard);
        Assert.True(deaf.Frames < reader.Frames);
    }

    [Fact]
    public async Task Who_does_not_is_cut_with_the_reason_counted_and_the_other_plays_on()
    {
        var cutBefore = silo.Counts["mmo.gateway.disconnects:SlowReader"];
        var reader = new PlayerWho(await silo.Enter(_name + "a"));
        await silo.Enter(_name + "b", DeafHolds);
        silo.Limits.StalledWriteTimeout = TimeSpan.FromSeconds(1);

        await reader.Play(() => silo.Counts["mmo.gateway.disconnects:SlowReader"] > cutBefore);
        silo.Limits.StalledWriteTimeout = _stalledWriteTimeout;
        var until = reader.Frames + 20;
        await reader.Play(() => reader.Frames >= until);

        Assert.Equal(cutBefore + 1, silo.Counts["mmo.gateway.disconnects:SlowReader"]);
    }

    /// <summary>Nobody of this test is left to be cut in the next.</summary>
    public async ValueTask DisposeAsync()
    {
        silo.Limits.StalledWriteTimeout = _stalledWriteTimeout;
        await silo.EndAll();
    }

    private static async Task Reached(PlayerWho reader, ulong tick)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (reader.Tick < tick)
            await Task.Delay(1, patience.Token);
    }
}
