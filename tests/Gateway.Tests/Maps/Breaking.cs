using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.Gateway.Maps;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Maps;

/// <summary>What fails where nothing should.</summary>
public class Breaking
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(25);

    [Fact]
    public async Task A_feed_that_breaks_tells_its_players_to_connect_again_and_the_next_one_gets_a_new_feed()
    {
        await using var gateway = new GatewayUnderTest();
        var map = gateway.World.Map(FakeWorld.Home);
        var player = await gateway.Enter("barone");
        gateway.Log.FailsAt = 2041;
        map.PushFails = new TimeoutException("silent");

        var end = await gateway.AdvanceUntil(player.Client.Receive(ServerMessage.FactOneofCase.Disconnecting), Beat);
        gateway.Log.FailsAt = 0;
        map.PushFails = null;
        var next = await gateway.AdvanceUntil(gateway.Enter("lady"), Beat);
        await map.Send(Frames.Arrivals(0, 2, Frames.At(next.Entity, 0, 0, 2)).With());

        Assert.Equal(ErrorCode.InternalServerError, end.Disconnecting.Code);
        Assert.True(end.Disconnecting.RetryAfterMs > 0);
        await next.Client.Receive(ServerMessage.FactOneofCase.Frame);
        await gateway.Log.Logged(2045);
    }

    [Fact]
    public async Task A_viewer_that_cannot_be_served_does_not_end_the_conversation_with_the_map()
    {
        await using var gateway = new GatewayUnderTest();
        var map = gateway.World.Map(FakeWorld.Home);
        var time = new FakeTimeProvider();
        using var log = new FailingLog();
        var feed = new MapFeed(map.Id, gateway.Metrics, log);
        using var link = new FeedLink(feed, map, new FeedSurroundings(new GatewayId(Guid.NewGuid()), FakeGrains.Of(gateway.World), gateway.Metrics, time, log, _ => false));
        feed.Link = link;
        using var stop = new CancellationTokenSource();
        var conversation = link.Run(stop.Token);
        await link.Settled.WaitAsync(TimeSpan.FromSeconds(10));
        var serving = feed.Run();
        await map.Send(Frames.Arrivals(0, 1, Frames.At(101, 0, 0, 1)).With());
        await Batch(map, time, batch => batch.AcknowledgedTick == 1);

        feed.Show(Bring(feed, map));
        await Batch(map, time, _ => log.Events.Contains(2044));
        await Batch(map, time, _ => true);

        await stop.CancelAsync();
        await conversation;
        await serving;
    }

    private static Visit Bring(MapFeed feed, FakeMap map)
    {
        var character = CharacterId.New();
        var image = new CharacterImage(character, default, map.Id, null, default, default);
        var admission = new Admission(character, AccountId.New(), "Ann", default, new Fence(1, 1), map.Id, image, new byte[32], default);
        var welcome = new MapWelcome(101, map.Fence, default, new MapRules(20, 80, 6), new MapShape(0, 0, 100, 100, []), TimeSpan.FromSeconds(5));
        var visit = new Visit(feed, map, new ThrowingClient(), admission, welcome, []);
        feed.Add(visit, new EnteredMap(welcome, feed.Joining));
        return visit;
    }

    /// <summary>The next batch that is wanted, while time passes.</summary>
    private static async Task Batch(FakeMap map, FakeTimeProvider time, Func<InputBatch, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            while (map.Batches.TryRead(out var batch))
                if (isWanted(batch))
                    return;
            time.Advance(Beat);
            await Task.Delay(1, patience.Token);
        }
    }

    /// <summary>Breaks the promise of <see cref="IClientLink"/>.</summary>
    private sealed class ThrowingClient : IClientLink
    {
        public ConnectionId Id => default;

        public bool TakesFrame => throw new InvalidOperationException("broken");

        public bool AddFrame(ReadOnlySpan<byte> frame) => throw new InvalidOperationException("broken");

        public void Add(ReadOnlySpan<byte> messages)
        {
        }

        public void Flush()
        {
        }

        public void Send(ServerMessage message)
        {
        }

        public void MoveOn(Visit visit)
        {
        }

        public void Close(Refusal why)
        {
        }
    }
}
