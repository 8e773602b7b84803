using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Lifecycle;

namespace MmoOrleans.Grains.Chat;

/// <summary>Starts the global channel with the silo, and calls it every few seconds so that it comes back when its silo dies.</summary>
internal sealed class ChatKeeper(IGrainFactory grains, TimeProvider time, ILogger<ChatKeeper> log) : SiloLoop
{
    private static readonly TimeSpan BetweenCalls = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    protected override async Task Run(CancellationToken stop)
    {
        var channel = GrainKeys.Chat(ChatChannels.Global);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<IChatChannelGrain>(channel).Start().WaitAsync(AnswerWithin, time, stop);
            }
            catch (Exception failure)
            {
                if (!stop.IsCancellationRequested) log.ChannelDoesNotAnswer(channel, failure.Message);
            }
            await Pause(BetweenCalls, time, stop);
        }
    }
}
