using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Systems;

namespace MmoOrleans.Grains.Maps.Players;

/// <summary>All ways off a map.</summary>
internal sealed class Departures(Scene scene, MapSystems systems)
{
    /// <summary>The player left on purpose, or its connection broke. Of another owner than the present one this says nothing.</summary>
    public void Leave(CharacterId character, Fence owner, LeaveKind kind)
    {
        if (scene.Players.Find(character, owner) is not { } player)
            return;
        // Nobody knows yet where a warping character is: it is seen until that is settled, and then there is nobody to play it.
        if (kind == LeaveKind.Lost || player.Warp is not null)
            Linger(player);
        else
            SaveAndRemove(player);
    }

    /// <summary>The last image of a character whose owner is below another one. Its client is told why; nothing is saved here.</summary>
    public CharacterImageOnMap? Evict(CharacterId character, Fence below, Refusal why)
    {
        if (scene.Players.Find(character) is { } player)
            return player.Owner < below ? Evict(player, why) : null;
        if (scene.Saves.Find(character) is not { } image || image.Stamp.Owner >= below)
            return null;
        scene.Saves.Forget(character);
        return new(image, WasPresent: false);
    }

    /// <summary>Nobody plays it for now: it stands there for the grace time.</summary>
    public void Linger(Player player)
    {
        player.Walker.Stop();
        player.State = PlayerState.Lingering;
        player.Deadline = scene.Now + scene.Options.Grace;
    }

    public void LingerAll(GatewayId gateway, Func<Player, bool>? except = null)
    {
        foreach (var player in scene.Players.All)
            if (player.Connection.Gateway == gateway && player.State != PlayerState.Lingering && except?.Invoke(player) != true)
                Linger(player);
    }

    /// <summary>Somebody else has the character: off the map without saving.</summary>
    public void Drop(Player player, Refusal why)
    {
        scene.Tell(player, new TakenAway(player.Character, player.Owner, why));
        scene.Saves.Forget(player.Character);
        Remove(player);
    }

    /// <summary>Those whose time is over. A warping one waits for its outcome.</summary>
    public void Expire()
    {
        for (var i = scene.Players.Count - 1; i >= 0; i--)
        {
            var player = scene.Players.All[i];
            if (player.State == PlayerState.Present || player.Deadline > scene.Now || player.Warp is not null)
                continue;
            if (player.State == PlayerState.Accepted)
                scene.Tell(player, new TakenAway(player.Character, player.Owner, Refusal.For(RefusalCode.IdleTimeout)));
            SaveAndRemove(player);
        }
    }

    /// <summary>Off the map; whoever calls has seen to the saving.</summary>
    public void Remove(Player player)
    {
        if (player.IsVisible)
            systems.Left(player.Entity);
        scene.Entities.Remove(player.Entity, scene.Tick);
        scene.Players.Remove(player);
    }

    private CharacterImageOnMap Evict(Player player, Refusal why)
    {
        var image = scene.ImageOf(player);
        Drop(player, why);
        return new(image, WasPresent: true);
    }

    private void SaveAndRemove(Player player)
    {
        // First the farewell of the systems: they may still change what is saved.
        Remove(player);
        scene.Saves.Put(scene.ImageOf(player));
    }
}
