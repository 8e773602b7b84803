using System.Text;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.GrainInterfaces.Names;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Maps.Players;
using MmoOrleans.Grains.Maps.Systems;

namespace MmoOrleans.Grains.Maps.Chat;

/// <summary>What is to be done with something that a player said.</summary>
internal abstract record Spoken
{
    /// <summary>Nobody hears it.</summary>
    public sealed record Refused(Refusal Why) : Spoken;

    /// <summary>Everybody concerned has it.</summary>
    public sealed record Heard : Spoken;

    /// <summary>To be said on the global channel.</summary>
    public sealed record Global(NewChatLine Line) : Spoken;

    /// <summary>To be brought to a character that is not on this map.</summary>
    public sealed record Whisper(ChatLine Line) : Spoken;
}

/// <summary>Checks what players say and says it, as far as that happens on the map.</summary>
internal sealed class Talk(Scene scene, LocalChatSystem local, MuteBook mutes)
{
    /// <summary>The sender gives up on the channel after this; a line that is older when its turn comes is not said.</summary>
    private static readonly TimeSpan GlobalWithin = TimeSpan.FromMilliseconds(1500);

    /// <summary>When somebody between two maps may ask again: most arrive sooner.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(250);

    private const string Whispers = "whisper";

    private readonly FloodBook _floods = new();

    public Spoken Say(MapSay say)
    {
        if (scene.Players.Find(say.Character, say.Owner) is not { State: PlayerState.Present } speaker)
            return new Spoken.Refused(WhyAbsent(say));
        if (Check(speaker, say.Text) is { } why)
            return new Spoken.Refused(why);
        say = say with { Text = ShownText.Clean(say.Text) };
        return say.Kind switch
        {
            ChatLineKind.Local => SayNearby(speaker, say.Text),
            ChatLineKind.Global => new Spoken.Global(new(say.Kind, speaker.Character, speaker.Name, say.Text, scene.Now + GlobalWithin)),
            ChatLineKind.Whisper => Whisper(speaker, say),
            _ => Refuse(RefusalCode.InvalidMessage),
        };
    }

    /// <summary>A whisper for somebody who should be here; false when nobody hears it.</summary>
    public bool Hear(CharacterId to, ChatLine line)
    {
        if (scene.Players.Find(to) is not { State: PlayerState.Present } hearer)
            return false;
        scene.Tell(hearer, new LineHeard(Whispers, line));
        return true;
    }

    /// <summary>The sender hears the own whisper once it has arrived.</summary>
    public void Echo(ChatLine line)
    {
        if (line.To.Length > 0)
            Hear(line.Sender, line);
    }

    public void Mute(CharacterId character, DateTimeOffset until)
    {
        if (scene.Players.Find(character) is not { } player)
            return;
        player.MutedUntil = until;
        _floods.Of(player.Account, scene.Options, scene.Now).MutedUntil = until;
    }

    private static Spoken.Refused Refuse(RefusalCode code) => new(Refusal.For(code));

    /// <summary>A gateway says that the player is here. It was, and its gateway does not know better yet, or it will be in a moment.</summary>
    private Refusal WhyAbsent(MapSay say) => scene.Players.Find(say.Character) switch
    {
        null => Refusal.For(RefusalCode.AlreadyWarping, OnTheWay),
        { } here when here.Owner == say.Owner => Refusal.For(RefusalCode.AppNotReady, OnTheWay),
        _ => Refusal.For(RefusalCode.CharacterNotFound),
    };

    private Refusal? Check(Player speaker, string text)
    {
        if (!ShownText.IsVisible(text))
            return Refusal.For(RefusalCode.ChatEmpty);
        if (Encoding.UTF8.GetByteCount(text) > scene.Options.ChatMaxBytes)
            return Refusal.For(RefusalCode.ChatTooLong);
        var flood = _floods.Of(speaker.Account, scene.Options, scene.Now);
        var muted = speaker.MutedUntil > flood.MutedUntil ? speaker.MutedUntil : flood.MutedUntil;
        return muted > scene.Now ? Refusal.For(RefusalCode.ChatMuted, muted - scene.Now) : CheckFlood(speaker, flood);
    }

    private Refusal? CheckFlood(Player speaker, FloodControl flood)
    {
        switch (flood.Say(scene.Options, scene.Now, out var mute))
        {
            case FloodVerdict.Fine:
                return null;
            case FloodVerdict.TooFast:
                return Refusal.For(RefusalCode.ChatEnterTooFast, scene.Options.ChatInterval);
            default:
                speaker.MutedUntil = scene.Now + mute;
                mutes.Add(speaker.Character, speaker.MutedUntil);
                return Refusal.For(RefusalCode.ChatMuted, mute);
        }
    }

    private Spoken.Heard SayNearby(Player speaker, string text)
    {
        local.Say(speaker, text);
        return new();
    }

    private Spoken Whisper(Player speaker, MapSay say)
    {
        if (CharacterNames.Check(say.To) is not null)
            return Refuse(RefusalCode.CharacterNotOnline);
        var hearer = scene.Players.FindName(NameFolding.Fold(say.To));
        var line = new ChatLine(Fence.None, ChatLineKind.Whisper, speaker.Character, speaker.Name, say.Text, scene.Now, hearer?.Name ?? say.To);
        if (hearer is null)
            return new Spoken.Whisper(line);
        if (!Hear(hearer.Character, line))
            return Refuse(RefusalCode.CharacterNotOnline);
        if (hearer != speaker)
            Echo(line);
        return new Spoken.Heard();
    }
}
