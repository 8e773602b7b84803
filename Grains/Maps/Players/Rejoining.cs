using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Chat;
using MmoOrleans.Grains.Maps.Warping;

namespace MmoOrleans.Grains.Maps.Players;

/// <summary>
/// Takes back the players that a gateway brings to a map that was started anew. Only the pose is believed, and at once; whether they
/// may go on their character grains are asked in the background, some at a time. Of two who claim one character the higher
/// owner has it.
/// </summary>
internal sealed class Rejoining(Scene scene, Entrance entrance, Departures departures, Warps warps, ChatAudience audience)
{
    private const int MostAsked = 64;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Who comes back later was kept by something else than the map's move.</summary>
    private static readonly TimeSpan LongestMove = TimeSpan.FromSeconds(8);

    /// <summary>A client that goes on moves within this; one that says nothing for longer stood still.</summary>
    private static readonly TimeSpan FirstMoveWithin = TimeSpan.FromSeconds(1);

    private readonly Dictionary<CharacterId, DateTimeOffset> _unconfirmed = [];
    private readonly HashSet<CharacterId> _asked = [];

    /// <summary>The map came from another silo, where nobody could move from then on.</summary>
    public DateTimeOffset? FrozenSince { get; set; }

    /// <summary>The entity of a roster entry; 0 when it is not taken.</summary>
    public int Take(RosterEntry entry)
    {
        if (scene.Players.Find(entry.Character) is { } here)
            return here.Owner <= entry.Owner ? GoOn(here, entry) : 0;
        return scene.Players.Count < scene.Options.Capacity ? Add(entry) : 0;
    }

    /// <summary>Characters whose grains are to be asked now; each is marked as asked.</summary>
    public List<Player> DueToAttach()
    {
        var due = _unconfirmed.Where(entry => entry.Value <= scene.Now && !_asked.Contains(entry.Key)).Select(entry => entry.Key)
            .Take(MostAsked - _asked.Count).ToList();
        foreach (var gone in due.Where(character => scene.Players.Find(character) is null))
            _unconfirmed.Remove(gone);
        var players = due.Select(scene.Players.Find).OfType<Player>().ToList();
        _asked.UnionWith(players.Select(player => player.Character));
        return players;
    }

    public void Attached(CharacterId character, Fence owner, AttachAnswer answer)
    {
        _asked.Remove(character);
        if (scene.Players.Find(character) is not { IsUnconfirmed: true } player)
            _unconfirmed.Remove(character);
        else if (player.Owner != owner || answer.Answer == SaveAnswer.Failed || (player.Warp is not null && answer.Moved is null))
            _unconfirmed[character] = scene.Now + RetryPause;
        else
            Settle(player, answer);
    }

    private int Add(RosterEntry entry)
    {
        var player = new Player(entry.Character, entry.Account, entry.Name, entry.Appearance, scene.NextEntity()) { IsUnconfirmed = true };
        Connect(player, entry);
        player.Walker.Owed = (TimeOfTheMove(), scene.Now + FirstMoveWithin);
        entrance.Seat(player, scene.Standing(entry.Pose), entry.Pose.Heading);
        entrance.Appear(player);
        _unconfirmed[player.Character] = scene.Now;
        return player.Entity;
    }

    /// <summary>For how long a player who comes back now could not move, though it went on. Clocks of two silos differ: no more than the map would grant otherwise.</summary>
    private TimeSpan TimeOfTheMove()
    {
        var time = FrozenSince is { } since ? scene.Now - since : TimeSpan.Zero;
        return time <= TimeSpan.Zero || time > LongestMove ? TimeSpan.Zero : time < Map.LongestMissed ? time : Map.LongestMissed;
    }

    /// <summary>The map still has it, and knows better where it stands.</summary>
    private int GoOn(Player player, RosterEntry entry)
    {
        var isLoading = player.State == PlayerState.Accepted;
        Connect(player, entry);
        if (isLoading)
            player.State = PlayerState.Accepted;
        else
            entrance.Appear(player);
        return player.Entity;
    }

    private void Connect(Player player, RosterEntry entry)
    {
        (player.Owner, player.Connection, player.State) = (entry.Owner, entry.Connection, PlayerState.Present);
        player.Walker.Restart(entry.InputSequence);
        audience.Entered(player, entry.Heard);
    }

    private void Settle(Player player, AttachAnswer answer)
    {
        _unconfirmed.Remove(player.Character);
        if (answer.Moved is { } ticket)
            warps.Move(player, ticket);
        else if (answer.Answer == SaveAnswer.Stale)
            departures.Drop(player, Refusal.For(RefusalCode.AccountLoggedInByOther));
        else
            Confirm(player, answer);
    }

    private static void Confirm(Player player, AttachAnswer answer)
    {
        player.IsUnconfirmed = false;
        if (answer.Image is { } image)
            (player.Data, player.MutedUntil) = (image.Data, image.MutedUntil > player.MutedUntil ? image.MutedUntil : player.MutedUntil);
    }
}
