using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Lifecycle;
using Orleans.Core.Internal;
using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime.Placement;
using Orleans.Streams;

namespace MmoOrleans.Grains.Chat;

/// <summary>
/// Keeps the stream's queue on the silo that asks it fifty times a second. Orleans gives the asking to another silo when silos come and go,
/// and leaves the queue where it was. What lies in the queue moves with it.
/// </summary>
internal sealed class ChatQueueKeeper(
    IServiceProvider services, IGrainFactory grains, ILocalSiloDetails silo, TimeProvider time, ILogger<ChatQueueKeeper> log) : SiloLoop
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>Of every memory stream's queue; chat's is the only one.</summary>
    private GrainType QueueType => grains.GetGrain<IMemoryStreamQueueGrain>(Guid.Empty).GetGrainId().Type;

    protected override async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Pause(BetweenLooks, time, stop);
            try
            {
                await Look().WaitAsync(AnswerWithin, time, stop);
            }
            catch (Exception failure)
            {
                if (!stop.IsCancellationRequested) log.QueueDoesNotAnswer(failure.Message);
            }
        }
    }

    private async Task Look()
    {
        if (!await IsAskedFromHere())
            return;
        var orleans = grains.GetGrain<IManagementGrain>(0);
        foreach (var id in await orleans.GetActiveGrains(QueueType))
        {
            var queue = grains.GetGrain<IGrainManagementExtension>(id);
            if (!silo.SiloAddress.Equals(await orleans.GetActivationAddress(queue)))
                await Bring(queue);
        }
    }

    private async Task Bring(IGrainManagementExtension queue)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo.SiloAddress);
        await queue.MigrateOnIdle();
        log.QueueMoves(silo.SiloAddress);
    }

    private async Task<bool> IsAskedFromHere()
    {
        var streams = (IControllable)services.GetRequiredKeyedService<IStreamProvider>(ChatStreams.Provider);
        return await streams.ExecuteCommand((int)PersistentStreamProviderCommand.GetNumberRunningAgents, null) is > 0;
    }
}
