using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Maps.Players;
using MmoOrleans.Grains.Maps.Warping;

namespace MmoOrleans.Grains.Maps.Systems;

/// <summary>
/// Walking into a warp's area triggers it. It is armed again only after the player has left it: who arrives inside of one, or whose
/// warp was refused, is not sent away at once again.
/// </summary>
internal sealed class WarpSystem(Scene scene, Warps warps) : IMapSystem
{
    public void Step(IMapWorld world, TimeSpan step)
    {
        if (scene.Ground.Warps.IsEmpty)
            return;
        foreach (var player in scene.Players.All)
            if (player.Plays)
                Look(player);
    }

    private void Look(Player player)
    {
        var warp = scene.Ground.WarpAt(player.Spot.Ground);
        if (warp is null)
            player.IsWarpArmed = true;
        else if (player.IsWarpArmed)
            warps.Start(player, warp.DestMap, new Position((float)warp.Destination.X, 0, (float)warp.Destination.Z));
    }
}
