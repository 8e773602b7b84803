using Microsoft.Extensions.Time.Testing;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Maps;

/// <summary>When a map is subscribed to the stream of global chat.</summary>
public sealed class ListeningToChat
{
    private const int MayNotConnectYet = 1105;
    private const int Started = 1300;
    private const int Refused = 1321;
    private const int Subscribed = 1322;
    private const int Unsubscribed = 1323;
    private static readonly MapId Quiet = new("1", "Map001");
    private static readonly MapId Busy = new("2", "Map001");

    private readonly AccountId _account = AccountId.New();

    [Fact]
    public async Task A_map_listens_until_thirty_seconds_after_its_last_player_left()
    {
        var time = new ClusterClock();
        await using var cluster = await GrainCluster.Start(options => (options.Silos, options.Time) = (1, time));
        await using var clock = new RunningClock(time);
        await using var gateway = await LiveGateway.Join(cluster.Grains, Quiet);
        var ann = await gateway.Bring(Character("Ann"), _account);
        await Logged(cluster, Subscribed, Quiet, 1);

        var left = time.GetUtcNow();
        await Leave(gateway, ann);
        await Logged(cluster, Unsubscribed, Quiet, 1);

        Assert.InRange(time.GetUtcNow() - left, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(45));
    }

    [Fact]
    public async Task A_map_that_a_line_woke_without_players_ends_its_subscription()
    {
        await using var cluster = await GrainCluster.Start(options => options.Silos = 1);
        await using var busy = await LiveGateway.Join(cluster.Grains, Busy);
        var speaker = await busy.Bring(Character("Speaker"), _account);
        await using (var quiet = await LiveGateway.Join(cluster.Grains, Quiet))
        {
            var ann = await quiet.Bring(Character("Ann"), _account);
            await Logged(cluster, Subscribed, Quiet, 1);
            await Leave(quiet, ann);
        }
        await cluster.Deactivate(cluster.Grains.GetGrain<IMapGrain>(Quiet.Key));

        await busy.Say(speaker, "wakes it");
        await Logged(cluster, Unsubscribed, Quiet, 1);
        Assert.Equal(2, Count(cluster, Started, Quiet));

        await cluster.Deactivate(cluster.Grains.GetGrain<IMapGrain>(Quiet.Key));
        await busy.Say(speaker, "wakes nobody");
        await Wait.Until(() => busy.Heard(speaker).Contains("wakes nobody"), "the speaker to hear itself");
        Assert.Equal(2, Count(cluster, Started, Quiet));
    }

    /// <summary>On one silo chat and the map read the same directory; of two one hears of the map first, which only chat's own log may show.</summary>
    [Theory]
    [InlineData(1, MayNotConnectYet)]
    [InlineData(2, Refused)]
    public async Task Maps_that_start_together_connect_without_being_refused_first(short silos, int refusal)
    {
        await using var cluster = await GrainCluster.Start(options => options.Silos = silos);
        var maps = Enumerable.Range(1, 12).Select(channel => cluster.Grains.GetGrain<IMapGrain>(new MapId($"{channel}", "Map001").Key)).ToList();

        await Task.WhenAll(maps.Select(map =>
            Wait.For(map.Start, answer => answer.TryGet(out var ready, out _) && ready is { Registered: true, ConnectedToChat: true }, "a map to be connected to chat")));

        Assert.Empty(cluster.Log.Of(refusal));
    }

    private static CharacterListed Character(string name) => new(CharacterId.New(), name, default, DateTimeOffset.UnixEpoch, null);

    private static async Task Leave(LiveGateway gateway, Visitor visitor)
    {
        await gateway.Grain.Leave(visitor.Admission.Character, visitor.Admission.Owner, LeaveKind.Left);
        gateway.Forget(visitor);
    }

    private static int Count(GrainCluster cluster, int act, MapId map) =>
        cluster.Log.Of(act).Count(line => line.Text.Contains(map.ToString(), StringComparison.Ordinal));

    private static Task Logged(GrainCluster cluster, int act, MapId map, int times) =>
        Wait.Until(() => Count(cluster, act, map) == times, $"event {act} of {map}");

    /// <summary>A clock that a test sets and that goes on by itself, five times as fast as the machine's.</summary>
    private sealed class RunningClock : IAsyncDisposable
    {
        private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public RunningClock(FakeTimeProvider time) => _running = Run(time);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
        }

        private async Task Run(FakeTimeProvider time)
        {
            while (!_stop.IsCancellationRequested)
            {
                time.Advance(Beat * 5);
                await Task.Delay(Beat);
            }
        }
    }
}
