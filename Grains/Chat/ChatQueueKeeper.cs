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
/// <remarks>
/// It is moved when it was at the same place in two looks running. A queue numbers its lines from the clock of the silo on which it started, and
/// again where it goes: it has to be older than two clocks differ, or the stream would wait for a number that had been there before.
/// </remarks>
internal sealed class ChatQueueKeeper(
    IServiceProvider services, IGrainFactory grains, ILocalSiloDetails silo, TimeProvider time, ILogger<ChatQueueKeeper> log) : SiloLoop
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private IGrainManagementExtension? _queue;
    private SiloAddress? _elsewhere;

    private IManagementGrain Orleans => grains.GetGrain<IManagementGrain>(0);

    protected override async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Pause(BetweenLooks, time, stop);
            try
            {
                await Look(stop).WaitAsync(AnswerWithin, time, stop);
            }
            catch (Exception failure)
            {
                if (!stop.IsCancellationRequested) log.QueueIsNotLookedAfter(failure.Message);
            }
        }
    }

    private async Task Look(CancellationToken stop)
    {
        var before = _elsewhere;
        _elsewhere = null;
        if (!await IsAskedFromHere() || (_queue ??= await Find()) is not { } queue)
            return;
        var place = await Orleans.GetActivationAddress(queue);
        if (silo.SiloAddress.Equals(place))
            return;
        _elsewhere = place;
        if (place is not null && place.Equals(before) && !stop.IsCancellationRequested)
            await Bring(queue);
    }

    private async Task<bool> IsAskedFromHere()
    {
        var streams = (IControllable)services.GetRequiredKeyedService<IStreamProvider>(ChatStreams.Provider);
        return await streams.ExecuteCommand((int)PersistentStreamProviderCommand.GetNumberRunningAgents, null) is > 0;
    }

    /// <summary>Null: there is none yet, or a studio has memory streams of its own, whose queues look like this one, and stay where they are.</summary>
    private async Task<IGrainManagementExtension?> Find()
    {
        var type = grains.GetGrain<IMemoryStreamQueueGrain>(Guid.Empty).GetGrainId().Type;
        var queues = (await Orleans.GetActiveGrains(type)).Distinct().ToList();
        return queues is [var only] ? grains.GetGrain<IGrainManagementExtension>(only) : null;
    }

    private async Task Bring(IGrainManagementExtension queue)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo.SiloAddress);
        await queue.MigrateOnIdle();
        log.QueueIsAskedToMove(silo.SiloAddress);
    }
}
