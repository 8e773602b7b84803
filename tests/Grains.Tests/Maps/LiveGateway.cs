using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Maps;

/// <summary>A gateway as a client of a live cluster: joins one map, acknowledges its frames, joins again when the map has changed.</summary>
internal sealed class LiveGateway : IMapFeedObserver, IAsyncDisposable
{
    /// <summary>How long a line to all may take to be stored.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(1.5);

    /// <summary>Flood control lets a player say that many lines at once.</summary>
    private const int MostTries = 5;

    private readonly Lock _gate = new();
    private readonly SteppedGateway _replica = new();
    private readonly IGrainFactory _grains;
    private readonly IMapFeedObserver _reference;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Visitor> _visitors = [];
    private readonly Action _beats;
    private Task _pushing = Task.CompletedTask;
    private long _connections;

    private LiveGateway(IGrainFactory grains, MapId map, Action beats)
    {
        (_grains, _beats) = (grains, beats);
        Map = map;
        Grain = grains.GetGrain<IMapGrain>(map.Key);
        _reference = grains.CreateObjectReference<IMapFeedObserver>(this);
    }

    public MapId Map { get; }

    public IMapGrain Grain { get; }

    public Fence Fence => Locked(() => _replica.Map);

    /// <param name="beats">Called whenever the map has answered it, or did not in time; null: nothing is.</param>
    public static async Task<LiveGateway> Join(IGrainFactory grains, MapId map, Action? beats = null)
    {
        var gateway = new LiveGateway(grains, map, beats ?? (() => { }));
        await gateway.JoinMap();
        gateway._pushing = gateway.Push();
        return gateway;
    }

    public Task OnFrame(FeedFrame frame) => Locked(() => _replica.OnFrame(frame));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pushing;
        await Grain.Part(_replica.Id);
    }

    /// <summary>Selects, is admitted, enters and is ready.</summary>
    public async Task<Visitor> Bring(CharacterListed character, AccountId account, MapTicket? ticket = null, ChatHeard? heard = null)
    {
        ticket ??= Value(await _grains.GetGrain<ICharacterGrain>(character.Id.Value).Select(new CharacterSelection(account, character, Map.Channel)));
        return await Bring(Value(await _grains.GetGrain<ICharacterGrain>(character.Id.Value).Admit(account, new TicketPass(ticket.Ticket))), heard);
    }

    /// <summary>Enters and is ready.</summary>
    public async Task<Visitor> Bring(Admission admission, ChatHeard? heard = null)
    {
        Assert.Equal(Map, admission.Map);
        var entry = new MapEntry(admission, new ConnectionId(_replica.Id, ++_connections), heard is { } at ? [at] : []);
        var welcome = Value(await Wait.For(() => Grain.Enter(entry), answer => answer is Granted<MapWelcome>, $"{admission.Name} to enter {Map}"));
        Value(await Grain.Ready(admission.Character, admission.Owner));
        var visitor = new Visitor(admission, entry.Connection, welcome);
        Locked(() => _visitors.Add(visitor));
        await Find(visitor);
        return visitor;
    }

    public void Forget(Visitor visitor) => Locked(() => _visitors.Remove(visitor));

    /// <summary>Null: it does not see the player, as between a rejoin and the snapshot that follows it.</summary>
    public Position? PlaceOf(Visitor visitor) =>
        Locked<Position?>(() => _replica.Replica.ContainsKey(visitor.Entity) ? _replica.PlaceOf(visitor.Entity) : null);

    /// <summary>The player's place, as soon as it is seen.</summary>
    public async Task<Position> Find(Visitor visitor) =>
        await Wait.For(() => Task.FromResult(PlaceOf(visitor)), place => place is not null, $"{visitor.Admission.Name} to be seen on {Map}") ?? default;

    public int Seen => Locked(() => _replica.Replica.Count);

    public List<T> Told<T>(Visitor visitor) where T : Happening => Locked(() => _replica.Told<T>(visitor.Entity).ToList());

    /// <summary>What a player of this gateway has heard, each line once, as a gateway lets it through.</summary>
    public List<string> Heard(Visitor visitor) => Locked(() => LinesOf(visitor).Select(line => line.Text).ToList());

    /// <summary>
    /// Says it to all. A line that the channel could not take in time is said again: the machine may have been too busy. One that is refused before that
    /// time is over is a failure.
    /// </summary>
    public async Task Say(Visitor visitor, string text)
    {
        for (var tries = 1; ; tries++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var answer = await Grain.Say(visitor.Says(text));
            if (answer is Denied<Done> { Why.Code: RefusalCode.ChatNotAvailable } && TimeProvider.System.GetElapsedTime(began) >= InTime && tries < MostTries)
                continue;
            Assert.Equal(Answer.Done, answer);
            return;
        }
    }

    public Task WaitFor<T>(Visitor visitor) where T : Happening =>
        Wait.Until(() => Told<T>(visitor).Count > 0, $"{visitor.Admission.Name} to be told {typeof(T).Name}");

    /// <summary>Walks straight, as fast as clients do.</summary>
    public async Task Walk(Visitor visitor, float x, float z)
    {
        var at = await Find(visitor);
        var way = at.GroundDistanceTo(new(x, 0, z));
        for (var walked = 0.57f; ; walked += 0.57f)
        {
            var part = Math.Min(1, walked / way);
            visitor.GoesTo(at.X + ((x - at.X) * part), at.Z + ((z - at.Z) * part));
            if (part >= 1)
                return;
            await Task.Delay(100);
        }
    }

    private static T Value<T>(Answer<T> answer) => Assert.IsType<Granted<T>>(answer).Value;

    private IEnumerable<ChatLine> LinesOf(Visitor visitor)
    {
        var last = visitor.HeardAtFirst;
        foreach (var heard in _replica.Told<LineHeard>(visitor.Entity))
        {
            if (heard.Line.Position != Fence.None && heard.Line.Position <= last)
                continue;
            last = heard.Line.Position == Fence.None ? last : heard.Line.Position;
            yield return heard.Line;
        }
    }

    private async Task JoinMap()
    {
        Locked(() => _visitors.RemoveAll(HasGone));
        var visitors = Locked(() => _visitors.ToImmutableArray());
        var roster = Locked(() => visitors.Select(visitor => visitor.ToRosterEntry(_replica)).ToImmutableArray());
        var known = Fence;
        var joined = await Wait.For(() => Ask(new FeedJoin(_replica.Id, _reference, known, roster)),
            answer => answer.Answer == FeedStatus.Joined, $"gateway to join {Map}");
        Locked(() =>
        {
            for (var i = 0; i < visitors.Length; i++)
                visitors[i].Entity = joined.Entities[i];
            _replica.Joined(joined);
        });
    }

    private async Task<FeedJoined> Ask(FeedJoin join)
    {
        var answer = await Grain.Join(join);
        _beats();
        return answer;
    }

    private async Task Push()
    {
        while (!_stop.IsCancellationRequested)
        {
            var batch = Locked(() => _replica.Batch([.. _visitors.Where(visitor => visitor.Sequence > 0).Select(visitor => visitor.ToInput())]));
            var answer = await Push(batch);
            _beats();
            if (answer == FeedStatus.NotJoined)
                await JoinMap();
            await Task.Delay(25);
        }
    }

    /// <summary>Null: the map's silo has just died.</summary>
    private async Task<FeedStatus?> Push(InputBatch batch)
    {
        try
        {
            return (await Grain.Push(batch).WaitAsync(TimeSpan.FromSeconds(2))).Status;
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return null;
        }
    }

    private bool HasGone(Visitor visitor) =>
        visitor.Entity == 0 || _replica.Told<MovedAway>(visitor.Entity).Any() || _replica.Told<TakenAway>(visitor.Entity).Any();

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private void Locked(Action change)
    {
        lock (_gate)
            change();
    }
}

/// <summary>One player of a <see cref="LiveGateway"/>.</summary>
internal sealed class Visitor(Admission admission, ConnectionId connection, MapWelcome welcome)
{
    private Pose _pose = welcome.Pose;

    public Admission Admission => admission;

    public int Entity { get; set; } = welcome.Entity;

    public Fence HeardAtFirst { get; init; }

    public uint Sequence { get; private set; }

    private Position Claim { get; set; }

    /// <summary>Claims a place.</summary>
    public void GoesTo(float x, float z) => (Claim, Sequence) = (new(x, 0, z), Sequence + 1);

    public MapSay Says(string text, ChatLineKind kind = ChatLineKind.Global, string to = "") =>
        new(admission.Character, admission.Owner, kind, text, to);

    public PlayerInput ToInput() =>
        new(Entity, Sequence, (int)Math.Round(Claim.X * 100), 0, (int)Math.Round(Claim.Z * 100), 0, admission.Owner);

    public RosterEntry ToRosterEntry(SteppedGateway replica) => new(admission.Character, admission.Account, admission.Name, admission.Appearance,
        admission.Owner, connection, PoseIn(replica), replica.Replica.GetValueOrDefault(Entity).InputSequence, []);

    /// <summary>Right after a fail-over the gateway has not seen it yet, and knows the place from before.</summary>
    private Pose PoseIn(SteppedGateway replica)
    {
        if (replica.Replica.ContainsKey(Entity))
            _pose = new Pose(replica.PlaceOf(Entity), 0);
        return _pose;
    }
}
