using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Chat;

namespace MmoOrleans.Grains.Maps.Calls;

/// <summary>
/// Brings what a player said to where it is heard. It interleaves with the map's turns: all changes to the map are made before the
/// first await, and what is to change afterwards is posted, to be applied in a step.
/// </summary>
internal sealed class Speech(MapCalls calls, ChatCalls chat, TimeProvider time)
{
    public async Task<Answer<Done>> Say(MapSay say)
    {
        var answer = calls.Map.Say(say, time.GetUtcNow()) switch
        {
            Spoken.Heard => Answer.Done,
            Spoken.Refused refused => Answer.Refuse<Done>(refused.Why),
            Spoken.Global global => await SayGlobal(global.Line),
            Spoken.Whisper whisper => await Whisper(whisper.Line),
            var other => throw new InvalidOperationException($"There is no way to say {other}."),
        };
        Count(say, answer);
        return answer;
    }

    private async Task<Answer<Done>> SayGlobal(NewChatLine line)
    {
        try
        {
            var channel = calls.Grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat(ChatAudience.Channel));
            if (!chat.HasBegun)
                await BeginBefore(channel);
            var answer = await channel.Say(line).WaitAsync(calls.Options.CallTimeout, time);
            if (!answer.TryGet(out var position, out var why))
                return Answer.Refuse<Done>(RefusalCode.ChatNotAvailable, why.RetryAfter);
            calls.Map.Post(() => chat.Said(position, time.GetUtcNow()));
            return Answer.Done;
        }
        catch (Exception failure) when (IsSilence(failure))
        {
            return Answer.Refuse<Done>(RefusalCode.ChatNotAvailable);
        }
    }

    /// <summary>
    /// Whoever speaks before the map knows where the channel is must hear its own line, so where that is is found out first: learned only
    /// afterwards, it might be behind the line.
    /// </summary>
    private async Task BeginBefore(IChatChannelGrain channel)
    {
        var head = await channel.Head().WaitAsync(calls.Options.CallTimeout, time);
        calls.Map.Post(() => chat.Begins(head, time.GetUtcNow()));
    }

    private async Task<Answer<Done>> Whisper(ChatLine line)
    {
        try
        {
            if (!await Find(line).WaitAsync(calls.Options.CallTimeout, time))
                return Answer.Refuse<Done>(RefusalCode.CharacterNotOnline);
            calls.Map.Post(() => calls.Map.Talk.Echo(line));
            return Answer.Done;
        }
        catch (Exception failure) when (IsSilence(failure))
        {
            return Answer.Refuse<Done>(RefusalCode.ChatNotAvailable);
        }
    }

    /// <summary>From the name to the character to the map that has it; false when one of them is not there.</summary>
    private async Task<bool> Find(ChatLine line)
    {
        if (await calls.Grains.GetGrain<ICharacterNameGrain>(GrainKeys.CharacterName(line.To)).Find() is not { } hearer)
            return false;
        if (await calls.Grains.GetGrain<ICharacterGrain>(hearer.Value).Whereabouts() is not { } map)
            return false;
        // Not found on this very map before the first await, so it is not here; a call to itself would wait for itself.
        return map != calls.Map.Id && await calls.Grains.GetGrain<IMapGrain>(map.Key).Hear(hearer, line);
    }

    private static bool IsSilence(Exception failure) => failure is TimeoutException or Orleans.Runtime.OrleansException;

    private void Count(MapSay say, Answer<Done> answer)
    {
        if (answer.TryGet(out _, out var why))
            calls.Metrics.LinesSaid.Add(1);
        MapLog.Said(calls.Log, say.Character, calls.Map.Id, say.Kind, why?.Code.ToString() ?? "heard");
    }
}
