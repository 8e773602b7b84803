using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Chat;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Maps.Entities;
using MmoOrleans.Grains.Maps.Feed;
using MmoOrleans.Grains.Maps.Players;
using MmoOrleans.Grains.Maps.Saving;
using MmoOrleans.Grains.Maps.Systems;
using MmoOrleans.Grains.Maps.Warping;

namespace MmoOrleans.Grains.Maps;

/// <summary>
/// One running map with all its rules. It knows no Orleans and no clock: time comes with each call, what it wants from others
/// it offers (<see cref="Saves"/>, <see cref="Warps"/>, <see cref="Checkpoints"/>, <see cref="Errands"/>), and answers are posted
/// back to it (<see cref="Post"/>). Each rule lives in the part that its noun names; this class puts the parts together and says in
/// which order a step goes through them.
/// </summary>
internal sealed class Map
{
    /// <summary>What players are granted for time in which the map did not step, at most: a clock that is set forward is no walk.</summary>
    internal static readonly TimeSpan LongestMissed = TimeSpan.FromSeconds(2);

    private readonly Scene _scene;
    private readonly MapSystems _systems;
    private readonly Entrance _entrance;
    private readonly Departures _departures;
    private readonly Queue<Action> _posted = [];
    private readonly ILogger _log;
    private DateTimeOffset _lastStep;
    private Refusal? _whileDraining;
    private DateTimeOffset _drainedAt;

    /// <summary>Steps in which nobody moved, until just now.</summary>
    private long _frozen;

    public Map(MapId id, MapData ground, MapOptions options, IEnumerable<IMapSystem> systems, IOtherMaps others, ILogger log, MapMetrics metrics)
    {
        _log = log;
        _scene = new Scene(id, ground, options);
        _systems = new MapSystems(_scene, log, metrics);
        var movement = new MovementSystem(_scene, _systems);
        var local = new LocalChatSystem(_scene);
        var world = new MapWorld(_scene, Errands, log);
        _departures = new Departures(_scene, _systems);
        Audience = new ChatAudience(_scene);
        _entrance = new Entrance(_scene, _systems, Audience);
        Warps = new Warps(_scene, _departures, movement, others);
        Rejoining = new Rejoining(_scene, _entrance, _departures, Warps, Audience);
        Talk = new Talk(_scene, local, Mutes);
        Checkpoints = new Checkpoints(_scene, _systems, log);
        world.Use(Warps, movement);
        _systems.Use(world, [movement, new WarpSystem(_scene, Warps), local, .. systems]);
        World = world;
    }

    public MapId Id => _scene.Id;

    /// <summary>None until <see cref="Claimed"/>.</summary>
    public Fence Fence => _scene.Fence;

    public long Tick => _scene.Tick;

    public int Users => _scene.Players.Count;

    public int Entities => _scene.Entities.Count;

    /// <summary>Somebody needs the map to have claimed its incarnation.</summary>
    public bool WantsClaim { get; private set; }

    /// <summary>Set when another activation is known to be the map: this one must stop and save nothing.</summary>
    public string? MustStop { get; private set; }

    /// <summary>Nobody gets in, nothing moves; what is to be saved is.</summary>
    public bool IsDraining => _whileDraining is not null;

    /// <summary>When it began to drain; null while it does not.</summary>
    public DateTimeOffset? FrozenSince => IsDraining ? _drainedAt : null;

    /// <summary>Nobody is here and nothing is owed: there is no need to step.</summary>
    public bool IsIdle => Users == 0 && _scene.Feeds.Count == 0 && _scene.Saves.Count == 0 && _posted.Count == 0
        && Mutes.Count == 0 && !WantsClaim && Checkpoints.IsSettled && _scene.Seats.HeldAt(_scene.Now) == 0;

    public SaveQueue Saves => _scene.Saves;

    public CarriedEntries Carried => _scene.Carried;

    public GatewayFeeds Feeds => _scene.Feeds;

    public IMapWorld World { get; }

    public Errands Errands { get; } = new();

    public Warps Warps { get; }

    public Talk Talk { get; }

    public MuteBook Mutes { get; } = new();

    public ChatAudience Audience { get; }

    public Rejoining Rejoining { get; }

    public Checkpoints Checkpoints { get; }

    /// <summary>The map has its incarnation, and with it the last checkpoint.</summary>
    public void Claimed(MapClaim claim)
    {
        _scene.Fence = new Fence(claim.Incarnation, 0);
        _scene.Ids = new EntityIds(claim.Incarnation);
        WantsClaim = false;
        Checkpoints.Load(claim.Checkpoint);
        MapLog.Claimed(_log, Id, claim.Incarnation, _scene.Carried.Count);
    }

    public Answer<Done> Reserve(CharacterId character, TimeSpan lease, DateTimeOffset now)
    {
        _scene.Now = now;
        if (_whileDraining is { } why)
            return Answer.Refuse<Done>(why);
        NeedClaim();
        return _scene.Players.Find(character) is not null || _scene.Seats.TryHold(character, lease, Users, now)
            ? Answer.Done
            : Answer.Refuse<Done>(RefusalCode.MapIsFull);
    }

    public Answer<MapWelcome> Enter(MapEntry entry, DateTimeOffset now)
    {
        _scene.Now = now;
        if (_whileDraining is { } why)
            return Answer.Refuse<MapWelcome>(why);
        return NeedClaim()
            ? Answer.Refuse<MapWelcome>(RefusalCode.MapServerNotReady, _scene.Options.Step)
            : _entrance.Enter(entry);
    }

    public Answer<long> Ready(CharacterId character, Fence owner, DateTimeOffset now)
    {
        _scene.Now = now;
        return _entrance.Ready(character, owner);
    }

    public void Leave(CharacterId character, Fence owner, LeaveKind kind, DateTimeOffset now)
    {
        _scene.Now = now;
        _departures.Leave(character, owner, kind);
    }

    public CharacterImageOnMap? Evict(CharacterId character, Fence below, Refusal why, DateTimeOffset now)
    {
        _scene.Now = now;
        return _departures.Evict(character, below, why);
    }

    public FeedJoined Join(FeedJoin join, DateTimeOffset now)
    {
        _scene.Now = now;
        if (_whileDraining is { Code: RefusalCode.ServerClose })
            return new(FeedStatus.Closed, Fence, []);
        if (IsDraining || NeedClaim())
            return new(FeedStatus.NotReady, Fence, []);
        if (IsPast(join.KnownMap))
            return new(FeedStatus.NotJoined, Fence, []);
        _scene.Feeds.Join(join.Gateway, join.Observer, _scene.Tick, now);
        var roster = join.Roster.IsDefault ? [] : join.Roster;
        var entities = roster.Select(Rejoining.Take).ToList();
        var connected = roster.Select(entry => entry.Connection).ToHashSet();
        _departures.LingerAll(join.Gateway, except: player => connected.Contains(player.Connection));
        MapLog.GatewayJoined(_log, join.Gateway, Id, roster.Length);
        return new(FeedStatus.Joined, Fence, [.. entities]);
    }

    public PushAnswer Push(InputBatch batch, DateTimeOffset now)
    {
        _scene.Now = now;
        if (Fence == Fence.None || IsPast(batch.Map) || batch.Map < Fence || Feeds.Find(batch.Gateway) is not { } feed)
            return new(FeedStatus.NotJoined, Fence);
        feed.LastHeard = now;
        feed.Acknowledge(batch.AcknowledgedTick, _scene.Tick - 1);
        feed.Events.Acknowledge(batch.AcknowledgedEvent);
        if (batch.Sequence > feed.InputSequence)
            Take(batch, feed); // Also while it drains: nobody moves, and what is newest counts if the map stays.
        return new(FeedStatus.Joined, Fence);
    }

    public void Part(GatewayId gateway, DateTimeOffset now)
    {
        _scene.Now = now;
        Feeds.Part(gateway);
        _departures.LingerAll(gateway);
    }

    public Answer<Done> Send(CharacterId character, Fence owner, int kind, ReadOnlyMemory<byte> payload, DateTimeOffset now)
    {
        _scene.Now = now;
        if (_whileDraining is { } why)
            return Answer.Refuse<Done>(why);
        if (_scene.Players.Find(character, owner) is not { Plays: true } player)
            return Answer.Refuse<Done>(RefusalCode.CharacterNotFound);
        var isTaken = payload.Length <= WireLimits.GamePayloadBytes && _systems.Message(player.Entity, kind, payload);
        return isTaken ? Answer.Done : Answer.Refuse<Done>(RefusalCode.GameMessageRefused);
    }

    public Spoken Say(MapSay say, DateTimeOffset now)
    {
        _scene.Now = now;
        // What is said on the map itself might go with it.
        return _whileDraining is { } why && say.Kind != ChatLineKind.Global ? new Spoken.Refused(why) : Talk.Say(say);
    }

    /// <summary>A whisper for somebody who should be here; false when nobody hears it.</summary>
    public bool Hear(CharacterId to, ChatLine line) => !IsDraining && Talk.Hear(to, line);

    /// <summary>
    /// A character's grain answered a save. Stale: somebody else has it, the avatar goes. But for one that warps: what its grain says
    /// to that is on its way, and may be a ticket.
    /// </summary>
    public void Saved(CharacterImage image, SaveAnswer answer)
    {
        Saves.Answered(image, answer, _scene.Now);
        if (answer == SaveAnswer.Stale && _scene.Players.Find(image.Character, image.Stamp.Owner) is { Warp: null } player)
            _departures.Drop(player, Refusal.For(RefusalCode.AccountLoggedInByOther));
    }

    /// <summary>A character's grain answered for an entry of the last checkpoint.</summary>
    public void BroughtUp(CharacterId character, SaveAnswer answer) => Carried.Answered(character, answer, _scene.Now);

    /// <summary>A result to apply in the next step.</summary>
    public void Post(Action result) => _posted.Enqueue(result);

    /// <summary>Applies the results that have come: between steps, also on a map that does not step.</summary>
    public void ApplyPosted(DateTimeOffset now)
    {
        _scene.Now = now;
        // Those that a result posts in turn wait for the next step.
        for (var count = _posted.Count; count > 0; count--)
            Apply(_posted.Dequeue());
    }

    /// <summary>One step of the fixed length.</summary>
    /// <param name="skipped">Steps that were not made right before it. Players have walked on meanwhile, and may.</param>
    public void Step(DateTimeOffset now, long skipped = 0)
    {
        (skipped, _frozen) = (skipped + _frozen, 0);
        (_scene.Now, _scene.Missed) = (now, _scene.Options.Step * Math.Min(skipped, LongestMissed / _scene.Options.Step));
        Feeds.Forgive(Stall(now), now);
        _entrance.StartStep();
        DropGateways();
        if (!IsDraining)
        {
            Warps.GiveUp();
            _departures.Expire();
            _systems.Step(_scene.Options.Step);
        }
        _scene.Tick++;
    }

    /// <summary>The frames of the step that was just made.</summary>
    public List<OutgoingFrame> Frames(DateTimeOffset now) => Feeds.Frames(_scene.Entities, Fence, _scene.Tick - 1, now);

    /// <summary>The map was moved here from another silo.</summary>
    /// <param name="fence">Which it had there. None: nobody had needed it there, nor does anybody here.</param>
    /// <param name="frozen">Since when nobody could move there.</param>
    public void GoOnFrom(Fence fence, DateTimeOffset frozen)
    {
        WantsClaim |= fence != Fence.None && Fence == Fence.None;
        Rejoining.FrozenSince = frozen;
    }

    /// <summary>From here on nobody gets in and nothing moves; everybody is to be saved.</summary>
    public void Drain(DateTimeOffset now, bool thenMoves)
    {
        (_scene.Now, _drainedAt) = (now, FrozenSince ?? now);
        _whileDraining = thenMoves ? Refusal.For(RefusalCode.MapServerNotReady, _scene.Options.Step) : Refusal.For(RefusalCode.ServerClose);
        foreach (var player in _scene.Players.All.Where(player => player.Warp is null))
            Saves.Put(_scene.ImageOf(player));
        MapLog.Drains(_log, Id, Users);
    }

    /// <summary>It was drained, and stays.</summary>
    public void Resume(DateTimeOffset now)
    {
        _frozen = (long)((now - _drainedAt) / _scene.Options.Step);
        (_scene.Now, _whileDraining) = (now, null);
        MapLog.Resumes(_log, Id, Users);
    }

    /// <summary>Another activation is the map.</summary>
    public void Stop(string reason) => MustStop ??= reason;

    /// <summary>True while the incarnation is not claimed; asks for it.</summary>
    private bool NeedClaim() => WantsClaim = Fence == Fence.None;

    /// <summary>Somebody has seen a later incarnation than this one.</summary>
    private bool IsPast(Fence known)
    {
        if (known <= Fence)
            return false;
        Stop($"incarnation {known.Incarnation} of it is known, this one is {Fence.Incarnation}");
        return true;
    }

    private void Take(InputBatch batch, GatewayFeed feed)
    {
        feed.InputSequence = batch.Sequence;
        foreach (var input in batch.Inputs.IsDefault ? [] : batch.Inputs)
            if (_scene.Players.FindEntity(input.Entity) is { Plays: true } player
                && player.Owner == input.Owner && player.Connection.Gateway == batch.Gateway)
                player.Walker.Wants(new MoveClaim(input.Sequence, new Spot(input.X, input.Y, input.Z), input.Heading));
    }

    private void Apply(Action result)
    {
        try
        {
            result();
        }
        catch (Exception fault)
        {
            // One result must not cost the others, nor the step: what it was about is asked for again.
            MapLog.ResultFailed(_log, fault, Id);
        }
    }

    /// <summary>How much longer than usual nothing happened here.</summary>
    private TimeSpan Stall(DateTimeOffset now)
    {
        var gap = _lastStep == default ? TimeSpan.Zero : now - _lastStep;
        _lastStep = now;
        return gap > _scene.Options.Step * 10 ? gap : TimeSpan.Zero;
    }

    private void DropGateways()
    {
        foreach (var feed in Feeds.Lost(_scene.Now))
        {
            MapLog.GatewayDropped(_log, feed.Gateway, Id, feed.Events.Overflowed ? "it left too many events unread" : "it was silent");
            Feeds.Part(feed.Gateway);
            _departures.LingerAll(feed.Gateway);
        }
    }
}
