using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Lifecycle;

namespace MmoOrleans.Grains.Chat;

public static class ChatRegistration
{
    /// <summary>Where Orleans keeps who has subscribed to a stream.</summary>
    public const string SubscriptionStorage = "PubSubStore";

    /// <summary>There is one stream, and it lies on one queue. A queue is asked fifty times a second, whether or not anybody speaks.</summary>
    private const int Queues = 1;

    private static readonly TimeSpan BetweenPulls = TimeSpan.FromMilliseconds(20);

    /// <summary>A map that cannot be reached holds up the others on its queue for so long at most.</summary>
    private static readonly TimeSpan DeliverWithin = TimeSpan.FromSeconds(2);

    /// <summary>The global channel and the stream that carries its lines to the maps.</summary>
    /// <param name="keepSubscriptions">
    /// Registers the storage named <see cref="SubscriptionStorage"/>; a cluster needs a durable one, else a silo that dies takes the
    /// subscriptions with it. Default: in memory.
    /// </param>
    public static ISiloBuilder AddChat(this ISiloBuilder silo, Action<ChatOptions>? configure = null, Action<ISiloBuilder>? keepSubscriptions = null)
    {
        silo.Services.AddMetrics().TryAddSingleton<ChatMetrics>();
        silo.Services.AddOptions<ChatOptions>().Configure(options => configure?.Invoke(options));
        silo.AddMemoryStreams(ChatStreams.Provider, streams =>
        {
            streams.ConfigurePartitioning(Queues);
            streams.ConfigurePullingAgent(agent => agent.Configure(options =>
            {
                options.GetQueueMsgsTimerPeriod = BetweenPulls;
                options.MaxEventDeliveryTime = DeliverWithin;
            }));
        });
        if (keepSubscriptions is null) silo.AddMemoryGrainStorage(SubscriptionStorage);
        else keepSubscriptions(silo);
        return silo.AddSiloLoop<ChatKeeper>().AddSiloLoop<ChatQueueKeeper>();
    }
}
