using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Accounts;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Maps;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Maps.Warping;

/// <summary>A cluster of gated fields, on any channel. Two players are all that a field takes.</summary>
public class WarpStage : IAsyncLifetime
{
    private int _channels;

    public GrainCluster Cluster { get; private set; } = null!;

    /// <summary>A new player at home, on a channel of its own.</summary>
    internal Task<Traveller> Traveller() => Warping.Traveller.AtHome(Cluster, $"c{Interlocked.Increment(ref _channels)}");

    public async ValueTask InitializeAsync() => Cluster = await GrainCluster.Start(options => options.Silo = Configure);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IMapSource, GatedFields>();
        silo.Services.AddSingleton(services => new SeatTaking(
            (channel, _) => Task.FromResult(Answer.Of(channel)), services.GetRequiredService<GrainCalls>(), services.GetRequiredService<TimeProvider>()));
        silo.Services.Configure<CharacterOptions>(options => options.StartMap = GatedFields.Home);
        silo.Services.Configure<MapOptions>(options => options.Capacity = 2);
    }
}

/// <summary>One whose grains lose patience sooner than in the wild, so that many tests need not wait long.</summary>
public sealed class HastyWarpStage : WarpStage
{
    protected override void Configure(ISiloBuilder silo)
    {
        base.Configure(silo);
        silo.Services.Configure<CharacterOptions>(options => options.WarpDeadline = TimeSpan.FromSeconds(1.5));
        silo.Services.Configure<MapOptions>(options => (options.CallTimeout, options.WarpRetry, options.WarpPatience) =
            (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(3.5)));
    }
}
