using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Tests.Cluster;
using Orleans.Streams;

namespace MmoOrleans.Grains.Tests.Chat;

/// <summary>Hears what a channel publishes on its stream, as a map does.</summary>
internal sealed class Listener : IAsyncObserver<ChatPublished>
{
    private readonly ConcurrentQueue<ChatPublished> _events = new();

    internal IEnumerable<ChatLine> Lines => _events.SelectMany(published => published.Lines);

    /// <summary>Each event names the line before it.</summary>
    internal bool IsWithoutGaps => _events.Skip(1).Zip(_events).All(pair => pair.First.Previous == pair.Second.Lines[^1].Position)
        && _events.First().Previous == Fence.None;

    internal static async Task<Listener> Of(GrainCluster cluster, IChatChannelGrain channel)
    {
        var listener = new Listener();
        var streams = cluster.Service<IServiceProvider>().GetRequiredKeyedService<IStreamProvider>(ChatStreams.Provider);
        await streams.GetStream<ChatPublished>(StreamId.Create(ChatStreams.Namespace, channel.GetPrimaryKeyString())).SubscribeAsync(listener);
        return listener;
    }

    internal Task Heard(int lines) => Wait.For(() => Task.FromResult(Lines.Count()), count => count >= lines, $"{lines} lines to be heard");

    public Task OnNextAsync(ChatPublished item, StreamSequenceToken? token = null)
    {
        _events.Enqueue(item);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
