using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Players;
using MmoOrleans.Grains.Maps.Systems;

namespace MmoOrleans.Grains.Maps.Warping;

/// <summary>What a map has to know of the other ones.</summary>
internal interface IOtherMaps
{
    /// <summary>Whether there is a map of this name at all.</summary>
    bool Exists(string map);

    /// <summary>Its address from the list of maps this one has learned; null when it is not in it.</summary>
    MapAddress? AddressOf(MapId map);
}

/// <summary>
/// Takes characters to another place. Inside of the map that is one step. To another map the character's grain decides: the avatar
/// is frozen, seen by all, and asked for as the same warp until there is an outcome. It is never unfrozen on a guess:
/// without an answer it may be there already. When its grain can say that nothing was written and nothing can be any more, it walks on.
/// </summary>
internal sealed class Warps(Scene scene, Departures departures, MovementSystem movement, IOtherMaps others)
{
    // Of thousands on a map few are on their way out of it at a time: each step looks at these alone.
    private readonly HashSet<Player> _frozen = [];

    /// <summary>False when the character does not play just now.</summary>
    public bool Start(Player player, string map, Position arrival)
    {
        if (!player.Plays)
            return false;
        player.IsWarpArmed = false;
        if (map == scene.Id.Map)
            movement.Relocate(player, scene.Standing(new Pose(arrival, player.Heading)), player.Heading);
        else if (!others.Exists(map))
            scene.Tell(player, new WarpFailed(map, Refusal.For(RefusalCode.MapNotFound)));
        else
            Freeze(player, map, new Pose(arrival, player.Heading));
        return true;
    }

    /// <summary>The orders to send now; each is marked as asked.</summary>
    public List<WarpOrder> Due()
    {
        if (_frozen.Count == 0)
            return [];
        ForgetThoseWhoWent();
        var due = _frozen.Select(player => player.Warp!).Where(warp => !warp.IsAsked && warp.NextTry <= scene.Now).ToList();
        foreach (var warp in due)
            warp.IsAsked = true;
        return [.. due.Select(warp => warp.Order)];
    }

    /// <summary>What came of an order; what came too late is of no interest any more.</summary>
    public void Answered(WarpOrder order, WarpAnswer answer)
    {
        if (scene.Players.Find(order.Image.Character) is not { } player || player.Warp?.Order.WarpId != order.WarpId)
            return;
        switch (answer)
        {
            case WarpMoved moved: Move(player, moved.Ticket); break;
            case WarpDenied denied: Unfreeze(player, denied.Why); break;
            case WarpStale: departures.Drop(player, Refusal.For(RefusalCode.AccountLoggedInByOther)); break;
            case WarpUntried untried: Untried(player, player.Warp, untried.Why); break;
            default: AskAgain(player.Warp); break;
        }
    }

    /// <summary>The character lives on another map now: the client gets its ticket, with the address that this map has learned.</summary>
    public void Move(Player player, MapTicket ticket)
    {
        scene.Tell(player, new MovedAway(ticket with { Address = others.AddressOf(ticket.Map) ?? ticket.Address }));
        departures.Remove(player);
    }

    /// <summary>
    /// Tells clients that have waited too long for a word of their character's grain to select again. The asking goes on. While that grain
    /// answers that the store is away they stay: selecting would be refused as well.
    /// </summary>
    public void GiveUp()
    {
        ForgetThoseWhoWent();
        foreach (var player in _frozen)
        {
            if (player.Warp is not { IsGivenUp: false } warp || scene.Now - warp.SilentSince < scene.Options.WarpPatience)
                continue;
            warp.IsGivenUp = true;
            scene.Tell(player, new TakenAway(player.Character, player.Owner, Refusal.For(RefusalCode.RetryLater)));
            departures.Linger(player);
        }
    }

    private void ForgetThoseWhoWent() =>
        _frozen.RemoveWhere(player => player.Warp is null || scene.Players.Find(player.Character) != player);

    private void Freeze(Player player, string map, Pose arrival)
    {
        player.Walker.Stop();
        var destination = Destinations.Resolve(map, scene.Id.Channel, "", player.Character);
        _frozen.Add(player);
        player.Warp = new WarpUnderway(new WarpOrder(Guid.NewGuid(), scene.ImageOf(player), destination, arrival), scene.Now);
    }

    private void Unfreeze(Player player, Refusal why)
    {
        var map = player.Warp!.Order.Destination.Map;
        player.Warp = null;
        scene.Tell(player, new WarpFailed(map, why));
    }

    private void Untried(Player player, WarpUnderway warp, Refusal why)
    {
        if (!warp.MayBeWritten)
        {
            Unfreeze(player, why);
            return;
        }
        warp.SilentSince = scene.Now;
        AskAgain(warp);
    }

    private void AskAgain(WarpUnderway warp) => warp.AskAgain(scene.Now + scene.Options.WarpRetry);
}
