using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Tests.Cluster;
using Orleans.Core.Internal;
using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime.Placement;
using Orleans.Streams;

namespace MmoOrleans.Grains.Tests.Chat;

public sealed class KeepingTheQueue(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private static readonly TimeSpan SomeLooks = TimeSpan.FromMinutes(1);

    private IReadOnlyCollection<LogLine> Moves => [.. cluster.Log.Of(1112)];

    private IManagementGrain Orleans => cluster.Grains.GetGrain<IManagementGrain>(0);

    [Fact]
    public async Task A_queue_that_lies_elsewhere_comes_to_the_silo_that_asks_it()
    {
        var queue = await Queue();
        await Wait.For(() => IsWhereItIsAsked(queue), holds => holds, "the queue to be where it is asked", SomeLooks);
        var there = await Where(queue);
        var moves = Moves.Count;

        RequestContext.Set(IPlacementDirector.PlacementHintKey, cluster.Orleans.Silos.Select(silo => silo.SiloAddress).First(silo => !silo.Equals(there)));
        await queue.MigrateOnIdle();
        RequestContext.Clear();

        await Wait.Until(() => Moves.Count > moves, "the queue to be asked to come back", SomeLooks);
        await Wait.For(() => IsWhereItIsAsked(queue), holds => holds, "the queue to be back", SomeLooks);
        var asks = $"{await Asking()}";
        Assert.All(Moves, move => Assert.Contains(asks, move.Text));
    }

    private async Task<bool> IsWhereItIsAsked(IGrainManagementExtension queue) =>
        await Asking() is { } silo && silo.Equals(await Where(queue));

    private async Task<SiloAddress?> Asking()
    {
        foreach (var silo in cluster.Orleans.Silos)
        {
            var streams = (IControllable)silo.ServiceProvider.GetRequiredKeyedService<IStreamProvider>(ChatStreams.Provider);
            if (await streams.ExecuteCommand((int)PersistentStreamProviderCommand.GetNumberRunningAgents, null) is > 0)
                return silo.SiloAddress;
        }
        return null;
    }

    private async Task<IGrainManagementExtension> Queue()
    {
        var type = cluster.Grains.GetGrain<IMemoryStreamQueueGrain>(Guid.Empty).GetGrainId().Type;
        var queues = await Wait.For(async () => await Orleans.GetActiveGrains(type), found => found.Count > 0, "the stream's queue");
        return cluster.Grains.GetGrain<IGrainManagementExtension>(Assert.Single(queues.Distinct()));
    }

    private async Task<SiloAddress?> Where(IGrainManagementExtension queue) => await Orleans.GetActivationAddress(queue);
}
