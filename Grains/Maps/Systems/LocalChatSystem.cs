using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Players;

namespace MmoOrleans.Grains.Maps.Systems;

/// <summary>What is said nearby: heard within a few metres, the speaker included, and never outside of the map.</summary>
internal sealed class LocalChatSystem(Scene scene) : IMapSystem
{
    private const string Channel = "local";

    public void Say(Player speaker, string text)
    {
        var line = new ChatLine(Fence.None, ChatLineKind.Local, speaker.Character, speaker.Name, text, scene.Now);
        scene.Feeds.Tell(Hearers(speaker.Pose.Position).ToList(), new LineHeard(Channel, line));
    }

    private IEnumerable<Player> Hearers(Position center) =>
        scene.Players.All.Where(player => player.State == PlayerState.Present
            && player.Pose.Position.GroundDistanceTo(center) <= scene.Options.LocalChatMeters);
}
