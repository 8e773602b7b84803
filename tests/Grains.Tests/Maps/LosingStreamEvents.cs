using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Maps.Calls;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Maps;

/// <summary>With one in three stream events lost at one of two maps.</summary>
public sealed class LosingStreamEvents : IAsyncLifetime
{
    private static readonly MapId Deaf = new("2", "Map001");

    private readonly LossyFilter _filter = new();
    private GrainCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.Start(options =>
        (options.Silos, options.Silo) = (1, silo => silo.Services.AddSingleton<IChatStreamFilter>(_filter)));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Players_hear_every_line_once_and_in_order()
    {
        const int Lines = 30;
        await using var speaking = await LiveGateway.Join(_cluster.Grains, new MapId("1", "Map001"));
        await using var hearing = await LiveGateway.Join(_cluster.Grains, Deaf);
        var hearer = await hearing.Bring(Character("Hearer"), AccountId.New());
        var speakers = new List<Visitor>();
        for (var i = 0; i < Lines / 5; i++)
            speakers.Add(await speaking.Bring(Character($"Speaker{i}"), AccountId.New()));
        await Wait.For(_cluster.Grains.GetGrain<GrainInterfaces.Maps.IMapGrain>(Deaf.Key).GetState,
            state => state.Chat.Contains("heard", StringComparison.Ordinal) && !state.Chat.Contains("nothing", StringComparison.Ordinal), "the map to listen");
        for (var line = 0; line < Lines; line++)
            Assert.Equal(Answer.Done, await speaking.Grain.Say(speakers[line / 5].Says($"line {line}")));
        await Wait.Until(() => hearing.Heard(hearer).Count == Lines, "all lines to be heard");
        Assert.Equal(Enumerable.Range(0, Lines).Select(line => $"line {line}"), hearing.Heard(hearer));
        Assert.True(_filter.Lost > 0, "no stream event was lost");
    }

    private static CharacterListed Character(string name) => new(CharacterId.New(), name, default, DateTimeOffset.UnixEpoch, null);

    private sealed class LossyFilter : IChatStreamFilter
    {
        private int _seen;

        public int Lost { get; private set; }

        public bool LetsThrough(MapId map, ChatPublished published)
        {
            if (map != Deaf || ++_seen % 3 != 0)
                return true;
            Lost++;
            return false;
        }
    }
}
