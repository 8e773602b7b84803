using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Chat;
using MmoOrleans.Grains.Maps.Entities;
using MmoOrleans.Grains.Maps.Systems;

namespace MmoOrleans.Grains.Maps.Players;

/// <summary>The way onto an open map that has claimed its incarnation.</summary>
internal sealed class Entrance(Scene scene, MapSystems systems, ChatAudience audience)
{
    private static readonly TimeSpan LatestTurn = TimeSpan.FromSeconds(1);

    private int _entriesThisStep;

    /// <summary>Told to come again, and not yet due: what a newcomer's turn is behind.</summary>
    private int _turnedAway;

    public void StartStep()
    {
        _entriesThisStep = 0;
        _turnedAway = Math.Max(0, _turnedAway - scene.Options.EntriesPerStep);
    }

    public Answer<MapWelcome> Enter(MapEntry entry)
    {
        var admission = entry.Admission;
        if (scene.Feeds.Find(entry.Connection.Gateway) is null)
            return Answer.Refuse<MapWelcome>(RefusalCode.AppNotReady);
        if (scene.Players.Find(admission.Character) is not { } here)
            return Refusal(admission) is { } why ? Answer.Refuse<MapWelcome>(why) : Welcome(Admit(entry));
        if (here.Owner > admission.Owner)
            return Answer.Refuse<MapWelcome>(RefusalCode.TicketExpired);
        return Welcome(TakeOver(here, entry));
    }

    public Answer<long> Ready(CharacterId character, Fence owner)
    {
        if (scene.Players.Find(character, owner) is not { } player)
            return Answer.Refuse<long>(RefusalCode.CharacterNotFound);
        player.State = PlayerState.Present;
        Appear(player);
        return Answer.Of(scene.Tick);
    }

    /// <summary>Visible from here on, if it is not already.</summary>
    public void Appear(Player player)
    {
        if (player.IsVisible)
            return;
        scene.Show(player);
        systems.Entered(player.Entity);
    }

    /// <summary>Puts a new player on its place; not yet visible.</summary>
    public void Seat(Player player, Spot spot, byte heading)
    {
        (player.Spot, player.Heading) = (spot, heading);
        player.IsWarpArmed = scene.Ground.WarpAt(spot.Ground) is null;
        scene.Players.Add(player);
        scene.Seats.Release(player.Character);
        scene.Carried.Forget(player.Character);
    }

    private Refusal? Refusal(Admission admission)
    {
        if (_entriesThisStep >= scene.Options.EntriesPerStep)
            return GrainInterfaces.Refusal.For(RefusalCode.ServerBusy, NextTurn());
        if (scene.Saves.IsFull)
            return GrainInterfaces.Refusal.For(RefusalCode.ServerBusy, scene.Options.Step);
        return scene.Seats.HasRoomFor(admission.Character, scene.Players.Count, scene.Now)
            ? null
            : GrainInterfaces.Refusal.For(RefusalCode.MapIsFull);
    }

    /// <summary>
    /// When there will be room, by those who were told to come before: everybody in the next step would be the same rush again, and
    /// again. Nobody's turn is held, so a rush that goes on is told later times.
    /// </summary>
    private TimeSpan NextTurn()
    {
        var steps = 1 + (_turnedAway++ / scene.Options.EntriesPerStep);
        return steps * scene.Options.Step < LatestTurn ? steps * scene.Options.Step : LatestTurn;
    }

    private Player Admit(MapEntry entry)
    {
        _entriesThisStep++;
        var admission = entry.Admission;
        var image = Newest(admission, out var isUnsaved);
        var player = new Player(admission.Character, admission.Account, admission.Name, admission.Appearance, scene.NextEntity())
        {
            Data = image.Data,
            MutedUntil = admission.MutedUntil,
        };
        Connect(player, entry);
        Seat(player, scene.Standing(image.Pose), image.Pose?.Heading ?? 0);
        if (isUnsaved)
            scene.Saves.Put(scene.ImageOf(player));
        return player;
    }

    /// <summary>
    /// The character is here already: it keeps its place and its entity and changes hands. A connection that played it until now
    /// is told; one that asks again because an answer got lost is just answered again.
    /// </summary>
    private Player TakeOver(Player player, MapEntry entry)
    {
        var isAnother = player.Owner < entry.Admission.Owner;
        if (!isAnother && player.Connection == entry.Connection)
            return player;
        if (isAnother && player.State != PlayerState.Lingering && player.Connection != entry.Connection)
            scene.Tell(player, new TakenAway(player.Character, player.Owner, GrainInterfaces.Refusal.For(RefusalCode.AccountLoggedInByOther)));
        if (isAnother)
            player.Warp = null; // its order has the old owner: it can only be stale
        if (player.IsUnconfirmed)
            Confirm(player, entry.Admission);
        Connect(player, entry);
        return player;
    }

    /// <summary>Its grain has admitted it, which says all that a gateway's roster could not.</summary>
    private static void Confirm(Player player, Admission admission)
    {
        (player.IsUnconfirmed, player.Data, player.MutedUntil) = (false, admission.Image.Data, admission.MutedUntil);
    }

    private void Connect(Player player, MapEntry entry)
    {
        (player.Owner, player.Connection) = (entry.Admission.Owner, entry.Connection);
        (player.State, player.Deadline) = (PlayerState.Accepted, scene.Now + scene.Options.ReadyWithin);
        player.Walker.Restart(0);
        player.CameAfterEvent = scene.Feeds.Find(entry.Connection.Gateway)!.Events.LastNumber;
        scene.Place(player, player.Spot, player.Heading);
        audience.Entered(player, WasPlayed(entry.Admission) ? entry.Heard : []);
    }

    /// <summary>A character that never was on a map has heard nothing, whatever its client says: chat from before its time is not its own.</summary>
    private bool WasPlayed(Admission admission) =>
        admission.IsReturn || admission.Image.Stamp != default || scene.Carried.Find(admission.Character) is not null;

    /// <summary>
    /// Of all that is known of the character, the newest by stamp: what its grain sent, what waits here to be saved, and where the
    /// checkpoint had it. A pose on another map says nothing here.
    /// </summary>
    private CharacterImage Newest(Admission admission, out bool isUnsaved)
    {
        var newest = admission.Image.Map == scene.Id ? admission.Image : admission.Image with { Pose = null };
        isUnsaved = false;
        if (scene.Saves.Find(admission.Character) is { } waiting && waiting.Stamp > newest.Stamp)
        {
            newest = waiting.PoseOnly ? newest with { Stamp = waiting.Stamp, Pose = waiting.Pose } : waiting;
            isUnsaved = true;
        }
        if (scene.Carried.Find(admission.Character) is { } entry && entry.Stamp > newest.Stamp)
            newest = newest with { Stamp = entry.Stamp, Pose = entry.Pose };
        scene.Saves.Forget(admission.Character);
        return newest;
    }

    private Answer<MapWelcome> Welcome(Player player) => Answer.Of(new MapWelcome(
        player.Entity, scene.Fence, player.Pose, scene.Rules, scene.Shape, scene.Options.Grace, player.CameAfterEvent));
}
