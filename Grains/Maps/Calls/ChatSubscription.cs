using MmoOrleans.GrainInterfaces.Chat;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace MmoOrleans.Grains.Maps.Calls;

/// <summary>
/// A map's one subscription to the stream of a chat channel. Subscriptions outlive activations: an old one is resumed, and what
/// there is beside it is dropped, else each line came as often as the map had been started.
/// </summary>
internal sealed class ChatSubscription(IAsyncStream<ChatPublished> stream, Action<ChatPublished> deliver) : IAsyncObserver<ChatPublished>
{
    public Task OnNextAsync(ChatPublished item, StreamSequenceToken? token = null)
    {
        deliver(item);
        return Task.CompletedTask;
    }

    /// <summary>A failing stream shows as a gap, and a gap is repaired.</summary>
    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    public async Task<bool> Start()
    {
        var handles = await stream.GetAllSubscriptionHandles();
        if (handles.Count == 0)
            await stream.SubscribeAsync(this);
        else
            await handles[0].ResumeAsync(this);
        foreach (var surplus in handles.Skip(1))
            await surplus.UnsubscribeAsync();
        return true;
    }

    public async Task<bool> End()
    {
        foreach (var handle in await stream.GetAllSubscriptionHandles())
            await handle.UnsubscribeAsync();
        return true;
    }

    /// <summary>A delivery woke the map, which has no memory of having subscribed.</summary>
    public Task Resume(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<ChatPublished>().ResumeAsync(this);
}
